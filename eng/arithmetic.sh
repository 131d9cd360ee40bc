# shellcheck shell=bash
# What libtorch's arithmetic wants to know before it is loaded; values that are set already stay.

# others_compute : whether other programs have more than a quarter of the processors, at every one of three looks.
others_compute() {
    local processors=(/sys/devices/system/cpu/cpu[0-9]*) running
    for _ in 1 2 3; do
        read -r _ _ _ running _ </proc/loadavg
        ((${running%/*} - 1 > ${#processors[@]} / 4)) || return 1
        read -rt 0.004 _ </dev/zero || :   # a pause: a sleep would be a process, and seen
    done
}

# Threads wait for one another by spinning, because waking one takes longer than most of their waits: a third of a step of a small
# network. Where other programs want the processor, too, they would spin away the time that those and they themselves need, and
# shall sleep instead after a short while.
if [[ -z ${GOMP_SPINCOUNT:-} && -r /proc/loadavg ]] && others_compute; then export GOMP_SPINCOUNT=2000; fi

# OpenBLAS does not know processors younger than itself, nor many virtual ones, and then takes its slowest kernels (for a
# Pentium 4). What the processor can do is a better guide.
if [[ -z ${OPENBLAS_CORETYPE:-} && -r /proc/cpuinfo ]]; then
    # Without grep: another process would cost more than reading the few lines before this one.
    while read -r flags && [[ $flags != flags* ]]; do :; done </proc/cpuinfo
    case " $flags " in
        *' avx512vl '*) export OPENBLAS_CORETYPE=SkylakeX ;;
        *' avx2 '*) export OPENBLAS_CORETYPE=Haswell ;;
    esac
fi

# The runtime sizes its youngest generation by the processor's cache, which on servers is so large that garbage grows to a
# hundred megabytes before the first collection.
export DOTNET_GCgen0size=${DOTNET_GCgen0size:-0x1000000}

# The runtime maps memory for code twice, so that none is writable and executable at once, and changes mappings for every method
# it compiles: a tenth of the time to a first picture. Code here comes from this folder alone.
export DOTNET_EnableWriteXorExecute=${DOTNET_EnableWriteXorExecute:-0}

# A scope frees its tensors together. glibc keeps seven freed blocks of a size at hand and sorts the others back into its
# heap, which costs more than the call of a small operator; a thousand make that half as long. (Other C libraries ignore it.)
export GLIBC_TUNABLES=${GLIBC_TUNABLES:-glibc.malloc.tcache_count=1000}
