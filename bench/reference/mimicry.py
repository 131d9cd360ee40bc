"""The training in the form of mimicry (torch_mimicry).

As there: real and generated pictures go through the discriminator one after the other; the graph of the generated ones is
built and cut off (detach), not left out; nothing is frozen, so that the generator's update computes the gradients of the
discriminator's weights, too; one Adam kernel a parameter and operation; losses and probabilities are read at every update;
no average is kept. In Sagan's networks, not its own: nearest upsampling in place of bilinear, two class tables for its one.
"""
import torch

import hinge
import norms
from training import Training


class Mimicry(Training):
    layers = norms.TorchNorm

    def iterate(self):
        for _ in range(self.steps):
            self.update_discriminator()
        self.update_generator()

    def update_discriminator(self):
        self.discriminator.zero_grad()
        loss = self.discriminator_loss(*self.pictures.next(self.batch), *self.draw())
        loss.backward()
        self.discriminator_adam.step()
        return loss.item(), *(torch.sigmoid(logits).mean().item() for logits in self.logits)

    def discriminator_loss(self, real, real_labels, z, fake_labels):
        real_logits = self.discriminator(real, real_labels)
        fake = self.generator(z, fake_labels).detach()
        fake_logits = self.discriminator(fake, fake_labels)
        self.logits = real_logits.detach(), fake_logits.detach()
        return hinge.of_discriminator(real_logits, fake_logits)

    def update_generator(self):
        self.generator.zero_grad()
        loss = self.generator_loss(*self.draw())
        loss.backward()
        self.generator_adam.step()
        return loss.item()

    def generator_loss(self, z, labels):
        return hinge.of_generator(self.discriminator(self.generator(z, labels), labels))
