"""One iteration of training in plain PyTorch: seconds and memory, in the line that Sagan.Benchmarks prints too."""
import argparse
import copy
import json
import statistics
import time

import torch

import networks

PICTURES = 1000


def adam(network, config):
    return torch.optim.Adam(
        network.parameters(), lr=config["learningRate"], betas=(config["beta1"], config["beta2"]),
        eps=config["epsilon"], foreach=True)


class Training:
    def __init__(self, workload, channels_last, device):
        config = workload["config"]
        self.device = device
        self.classes = workload["classes"]
        self.batch = config["batchSize"]
        self.joint = config["jointPass"]
        self.generator, self.discriminator = networks.build(workload, channels_last, device)
        self.average = copy.deepcopy(self.generator).requires_grad_(False)
        self.decay = 0.5 ** (self.batch / config["ema"]["halfLifeImages"])
        self.generator_adam = adam(self.generator, config["generatorOptimizer"])
        self.discriminator_adam = adam(self.discriminator, config["discriminatorOptimizer"])
        size = workload["resolution"]
        self.pictures = torch.randint(0, 256, (PICTURES, 3, size, size), dtype=torch.uint8)
        self.labels = torch.randint(0, self.classes, (PICTURES,))

    def iterate(self):
        self.update_discriminator()
        self.update_generator()
        self.update_average()

    def update_discriminator(self):
        self.discriminator_adam.zero_grad(set_to_none=True)
        index = torch.randint(0, PICTURES, (self.batch,))
        real = self.pictures[index].to(self.device).float() / 127.5 - 1
        real_labels = self.labels[index].to(self.device)
        z, fake_labels = self.draw()
        with torch.no_grad():
            fake = self.generator(z, fake_labels)
        discriminator_loss(self.discriminator, self.joint, real, real_labels, fake, fake_labels).backward()
        self.discriminator_adam.step()

    def update_generator(self):
        self.generator_adam.zero_grad(set_to_none=True)
        self.discriminator.requires_grad_(False)
        z, labels = self.draw()
        generator_loss(self.generator, self.discriminator, z, labels).backward()
        self.discriminator.requires_grad_(True)
        self.generator_adam.step()

    @torch.no_grad()
    def update_average(self):
        for average, parameter in zip(self.average.parameters(), self.generator.parameters()):
            average.lerp_(parameter, 1 - self.decay)
        for average, buffer in zip(self.average.buffers(), self.generator.buffers()):
            if buffer.is_floating_point():
                average.lerp_(buffer, 1 - self.decay)

    def draw(self):
        z = torch.randn(self.batch, self.generator.latent, device=self.device)
        return z, torch.randint(0, self.classes, (self.batch,), device=self.device)


def discriminator_loss(discriminator, joint, real, real_labels, fake, fake_labels):
    """Hinge."""
    if joint:
        logits = discriminator(torch.cat([real, fake]), torch.cat([real_labels, fake_labels]))
        real_logits, fake_logits = logits.chunk(2)
    else:
        real_logits, fake_logits = discriminator(real, real_labels), discriminator(fake, fake_labels)
    return torch.relu(1 - real_logits).mean() + torch.relu(1 + fake_logits).mean()


def generator_loss(generator, discriminator, z, labels):
    return -discriminator(generator(z, labels), labels).mean()


def memory(device):
    """Resident and peak MiB: of the process, or of the GPU's tensors."""
    if device != "cpu":
        return torch.cuda.memory_allocated() >> 20, torch.cuda.max_memory_allocated() >> 20
    with open("/proc/self/status") as status:
        fields = dict(line.split(":", 1) for line in status)
    return int(fields["VmRSS"].split()[0]) >> 10, int(fields["VmHWM"].split()[0]) >> 10


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workload", help="what `Sagan.Benchmarks step NAME --describe` prints, in a file")
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--warmup", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--channels-last", action="store_true")
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    torch.backends.cudnn.benchmark = True
    with open(arguments.workload) as file:
        training = Training(json.load(file), arguments.channels_last, arguments.device)

    seconds = []
    warm = memory(arguments.device)
    for step in range(arguments.warmup + arguments.steps):
        start = time.perf_counter()
        training.iterate()
        if arguments.device != "cpu":
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - start)
        if step + 1 == arguments.warmup:
            warm = memory(arguments.device)

    resident, peak = memory(arguments.device)
    print(f"batch={training.batch} seconds={statistics.median(seconds[arguments.warmup:]):.5f} peak={peak} "
          f"resident_warm={warm[0]} resident_end={resident}")


if __name__ == "__main__":
    main()
