namespace Sagan.Imaging;

/// <summary>A picture cannot be decoded or encoded; the message says why in one line.</summary>
public sealed class ImageException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public ImageException()
    {
    }

    /// <summary>Creates the exception with the reason.</summary>
    public ImageException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the reason and the failure behind it.</summary>
    public ImageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
