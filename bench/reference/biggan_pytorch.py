"""The training in the form of BigGAN-PyTorch, the code of BigGAN's first author.

As there: requires_grad is toggled network by network; pictures are drawn without gradients where the generator does not
learn; generated and real pictures go through the discriminator in one pass; layers iterate and divide their weights
themselves; one Adam kernel a parameter and operation; the average walks over the state dict; losses are read at every
iteration. Left out, to its advantage: its loader, DataParallel, and its choice of several singular values.
"""
import copy

import torch

import hinge
import norms
from training import Training


def toggle(network, on):
    for parameter in network.parameters():
        parameter.requires_grad = on


class BigGanPyTorch(Training):
    layers = norms.OwnNorm

    def __init__(self, workload, device="cpu"):
        super().__init__(workload, device)
        self.average = Average(self.generator, self.decay())

    def iterate(self):
        self.generator_adam.zero_grad()
        self.discriminator_adam.zero_grad()
        toggle(self.discriminator, True)
        toggle(self.generator, False)
        for _ in range(self.steps):
            self.discriminator_adam.zero_grad()
            discriminator_loss = self.discriminator_loss(*self.pictures.next(self.batch), *self.draw())
            discriminator_loss.backward()
            self.discriminator_adam.step()

        toggle(self.discriminator, False)
        toggle(self.generator, True)
        self.generator_adam.zero_grad()
        generator_loss = self.generator_loss(*self.draw())
        generator_loss.backward()
        self.generator_adam.step()
        self.average.update()
        return discriminator_loss.item(), generator_loss.item()

    def discriminator_loss(self, real, real_labels, z, fake_labels):
        with torch.set_grad_enabled(False):
            fake = self.generator(z, fake_labels)
        logits = self.discriminator(torch.cat([fake, real], 0), torch.cat([fake_labels, real_labels], 0))
        fake_logits, real_logits = torch.split(logits, [fake.shape[0], real.shape[0]])
        return hinge.of_discriminator(real_logits, fake_logits)

    def generator_loss(self, z, labels):
        return hinge.of_generator(self.discriminator(self.generator(z, labels), labels))


class Average:
    """Everything in the generator's state dict, entry by entry."""

    def __init__(self, source, decay):
        self.network = copy.deepcopy(source)
        self.source, self.target, self.decay = source.state_dict(), self.network.state_dict(), decay

    def update(self):
        with torch.no_grad():
            for key, value in self.source.items():
                self.target[key].data.copy_(self.target[key].data * self.decay + value.data * (1 - self.decay))
