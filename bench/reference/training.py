"""What every form of the training has: networks, optimizers, pictures, latents, and an iteration."""
import torch

import networks
from pictures import Pictures


class Training:
    """A form says how weights are normalised and in which memory order it works, and has both losses and both updates.

    discriminator_loss(real, real_labels, z, fake_labels) and generator_loss(z, labels) are what is differentiated; the check
    calls them, too.
    """

    channels_last = False
    foreach = False

    def __init__(self, workload, device="cpu"):
        config = workload["config"]
        self.config = config
        self.device = device
        self.classes = workload["classes"]
        self.batch = config["batchSize"]
        self.steps = config["discriminatorSteps"]
        self.flops = workload["flopsPerIteration"]
        self.generator, self.discriminator = networks.build(
            workload, self.layers(networks.epsilon(workload)), self.channels_last, device)
        self.generator_adam = self.adam(self.generator, config["generatorOptimizer"])
        self.discriminator_adam = self.adam(self.discriminator, config["discriminatorOptimizer"])
        self.pictures = Pictures(workload, device)

    def adam(self, network, config):
        return torch.optim.Adam(
            network.parameters(), lr=config["learningRate"], betas=(config["beta1"], config["beta2"]),
            eps=config["epsilon"], foreach=self.foreach)

    def decay(self):
        """Of the average, an iteration."""
        return 0.5 ** (self.batch * self.steps / self.config["ema"]["halfLifeImages"])

    def draw(self):
        z = torch.randn(self.batch, self.generator.latent, device=self.device)
        return z, torch.randint(0, self.classes, (self.batch,), device=self.device)
