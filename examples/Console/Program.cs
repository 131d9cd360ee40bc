// Draws a few pictures of a class into the current folder.
//
//   dotnet run --project examples/Console SNAPSHOT CLASS [COUNT]

using Sagan.Serving;

if (args.Length is < 2 or > 3 || !int.TryParse(args.ElementAtOrDefault(2) ?? "4", out int count) || count < 1)
{
    Console.Error.WriteLine("usage: Console SNAPSHOT CLASS [COUNT]");
    return 2;
}

string className = args[1];
try
{
    // Loads the network once. The pool draws up to eight waiting pictures together, so asking for several at once is quicker.
    using var pool = GeneratorPool.Open(args[0]);
    foreach (int[] seeds in Enumerable.Range(0, count).Chunk(64))
        await Task.WhenAll(seeds.Select(seed => DrawAsync(pool, seed)));
    return 0;
}
catch (Exception error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

async Task DrawAsync(GeneratorPool pool, int seed)
{
    byte[] png = await pool.DrawPngAsync(className, seed);

    string file = $"{className}-{seed}.png";
    await File.WriteAllBytesAsync(file, png);
    Console.WriteLine(file);
}
