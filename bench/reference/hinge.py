"""The hinge loss of both networks."""
import torch


def of_discriminator(real_logits, fake_logits):
    return torch.relu(1 - real_logits).mean() + torch.relu(1 + fake_logits).mean()


def of_generator(fake_logits):
    return -fake_logits.mean()
