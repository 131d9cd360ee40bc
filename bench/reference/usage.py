"""What a process, or the GPU, has used so far."""
import time

import torch


def memory(device="cpu"):
    """Resident and peak MiB: of the process, or of the GPU's tensors."""
    if device != "cpu":
        return torch.cuda.memory_allocated() >> 20, torch.cuda.max_memory_allocated() >> 20
    with open("/proc/self/status", encoding="ascii") as status:
        fields = dict(line.split(":", 1) for line in status)
    return int(fields["VmRSS"].split()[0]) >> 10, int(fields["VmHWM"].split()[0]) >> 10


def cpu():
    """Seconds of the processor, of all threads."""
    return time.process_time()
