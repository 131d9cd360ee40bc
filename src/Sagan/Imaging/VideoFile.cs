using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Sagan.Imaging;

/// <summary>Videos through the program ffmpeg, where it is installed.</summary>
internal static class VideoFile
{
    /// <summary>Writes an H.264 video that plays everywhere: colours at half resolution, sides even.</summary>
    /// <param name="path">Replaced if there.</param>
    /// <param name="frames">Of one size, one or three channels.</param>
    /// <param name="framesPerSecond">Speed.</param>
    /// <param name="texts">Written as the comment.</param>
    /// <exception cref="MissingLibraryException">There is no ffmpeg.</exception>
    /// <exception cref="ImageException">ffmpeg failed; the message has its last line.</exception>
    internal static void Write(string path, IReadOnlyList<Raster> frames, double framesPerSecond, IReadOnlyDictionary<string, string> texts)
    {
        string beside = Path.ChangeExtension(path, $".tmp-{Guid.NewGuid():n}.mp4");
        try
        {
            using Process process = Start(beside, frames[0], framesPerSecond, texts);
            Task<string> errors = process.StandardError.ReadToEndAsync();
            Send(process, frames);
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new ImageException($"{path}: ffmpeg could not write the video: {errors.Result.TrimEnd().Split('\n')[^1]}; write a .gif or .apng instead");
            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Starts ffmpeg, to see whether it is there.</summary>
    /// <exception cref="MissingLibraryException">It is not.</exception>
    internal static void RequireProgram()
    {
        using Process process = Start(["-version"]);
        process.StandardInput.Close();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
    }

    private static Process Start(string path, Raster frame, double framesPerSecond, IReadOnlyDictionary<string, string> texts) => Start(
    [
        "-hide_banner", "-loglevel", "error", "-y",
        "-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", $"{frame.Width}x{frame.Height}",
        "-framerate", framesPerSecond.ToString(CultureInfo.InvariantCulture), "-i", "-",
        "-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-crf", "16", "-movflags", "+faststart",
        "-metadata", "comment=" + string.Join("; ", texts.Select(text => $"{text.Key}: {text.Value}")), path,
    ]);

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("ffmpeg", arguments)
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception missing)
        {
            throw new MissingLibraryException("a .mp4 needs the program ffmpeg, which is not installed; install it (Debian: apt-get install ffmpeg), or write a .gif or .apng", missing);
        }
    }

    private static void Send(Process process, IReadOnlyList<Raster> frames)
    {
        try
        {
            using Stream input = process.StandardInput.BaseStream;
            foreach (Raster frame in frames)
                input.Write(ImageColours.Three(frame).Pixels);
        }
        catch (IOException)
        {
            // It ended before it had read everything: its exit code and its last line tell why.
        }
    }
}
