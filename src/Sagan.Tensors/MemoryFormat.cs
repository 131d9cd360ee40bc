namespace Sagan.Tensors;

/// <summary>Order of the elements in memory; the values are libtorch's own (<c>c10::MemoryFormat</c>).</summary>
public enum MemoryFormat
{
    /// <summary>C order: [N, C, H, W] with W fastest.</summary>
    Contiguous = 0,

    /// <summary>As the source lies.</summary>
    Preserve = 1,

    /// <summary>[N, C, H, W] by shape, N, H, W, C in memory: what convolutions like best.</summary>
    ChannelsLast = 2,
}
