"""The training as somebody writes it who knows PyTorch well: channels-last, few kernels, no work that nobody needs."""
import copy

import torch

import hinge
import norms
from training import Training


class Competent(Training):
    layers = norms.TorchNorm
    channels_last = True
    foreach = True

    def __init__(self, workload, device="cpu"):
        super().__init__(workload, device)
        self.joint = self.config["jointPass"]
        self.average = copy.deepcopy(self.generator).requires_grad_(False)

    def iterate(self):
        for _ in range(self.steps):
            self.update_discriminator()
        self.update_generator()
        self.update_average()

    def update_discriminator(self):
        self.discriminator_adam.zero_grad(set_to_none=True)
        self.discriminator_loss(*self.pictures.next(self.batch), *self.draw()).backward()
        self.discriminator_adam.step()

    def discriminator_loss(self, real, real_labels, z, fake_labels):
        with torch.no_grad():
            fake = self.generator(z, fake_labels)
        if self.joint:
            logits = self.discriminator(torch.cat([real, fake]), torch.cat([real_labels, fake_labels]))
            return hinge.of_discriminator(*logits.chunk(2))
        return hinge.of_discriminator(self.discriminator(real, real_labels), self.discriminator(fake, fake_labels))

    def update_generator(self):
        self.generator_adam.zero_grad(set_to_none=True)
        self.discriminator.requires_grad_(False)
        self.generator_loss(*self.draw()).backward()
        self.discriminator.requires_grad_(True)
        self.generator_adam.step()

    def generator_loss(self, z, labels):
        return hinge.of_generator(self.discriminator(self.generator(z, labels), labels))

    @torch.no_grad()
    def update_average(self):
        weight = 1 - self.decay()
        for average, parameter in zip(self.average.parameters(), self.generator.parameters()):
            average.lerp_(parameter, weight)
        for average, buffer in zip(self.average.buffers(), self.generator.buffers()):
            if buffer.is_floating_point():
                average.lerp_(buffer, weight)
