using Sagan.Tensors.Files;

namespace Sagan.Imaging;

/// <summary>Endless animations as files, in the format that their name asks for.</summary>
public static class AnimationFile
{
    /// <summary>What can be written: <c>.gif</c>, <c>.apng</c>, and <c>.mp4</c> where ffmpeg is installed.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".gif", ".apng", ".mp4"];

    /// <summary>Whether a file of that name would be an animation.</summary>
    public static bool IsAnimation(string path) => Extensions.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <summary>Checks, before anything is computed for a file, that it can be written here.</summary>
    /// <exception cref="MissingLibraryException">It would be a video, and there is no ffmpeg.</exception>
    public static void Require(string path)
    {
        if (Path.GetExtension(path).Equals(".mp4", StringComparison.OrdinalIgnoreCase))
            VideoFile.RequireProgram();
    }

    /// <summary>Writes an animation; the file appears whole or not at all, and an older one is replaced.</summary>
    /// <param name="path">Ends with one of <see cref="Extensions"/>.</param>
    /// <param name="frames">At least one; all of one size, with one or three channels.</param>
    /// <param name="framesPerSecond">Speed.</param>
    /// <param name="texts">Kept in the file: text chunks or a comment.</param>
    /// <exception cref="ImageException">No frame, frames that differ in size, or an extension that is none of them.</exception>
    /// <exception cref="MissingLibraryException">A video without ffmpeg.</exception>
    public static void Write(string path, IReadOnlyList<Raster> frames, double framesPerSecond, IReadOnlyDictionary<string, string> texts)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(framesPerSecond);
        if (frames.Count == 0)
            throw new ImageException($"{path}: an animation needs at least one frame");
        if (frames.Any(frame => (frame.Width, frame.Height, frame.Channels) != (frames[0].Width, frames[0].Height, frames[0].Channels)))
            throw new ImageException($"{path}: the frames of an animation differ in size; resize them to one size");

        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".gif":
                byte[] gif = GifAnimation.Encode(frames, framesPerSecond, texts);
                AtomicFile.Write(path, stream => stream.Write(gif));
                break;
            case ".apng":
                byte[] apng = ApngAnimation.Encode(frames, framesPerSecond, texts);
                AtomicFile.Write(path, stream => stream.Write(apng));
                break;
            case ".mp4":
                VideoFile.Write(path, frames, framesPerSecond, texts);
                break;
            default:
                throw new ImageException($"{path}: an animation ends with {string.Join(", ", Extensions)}");
        }
    }
}
