"""The competent training with automatic mixed precision: autocast to bfloat16, which needs no scaling of losses."""
import torch

from competent import Competent


class Mixed(Competent):
    def discriminator_loss(self, real, real_labels, z, fake_labels):
        with self.autocast():
            return super().discriminator_loss(real, real_labels, z, fake_labels)

    def generator_loss(self, z, labels):
        with self.autocast():
            return super().generator_loss(z, labels)

    def autocast(self):
        return torch.autocast(torch.device(self.device).type, dtype=torch.bfloat16)
