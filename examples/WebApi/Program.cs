// Pictures over HTTP: GET /cat.png?seed=3&truncation=0.7, and a page that shows some.
//
//   dotnet run --project examples/WebApi SNAPSHOT
//   dotnet run --project examples/WebApi --model SNAPSHOT --slots 2      (or appsettings.json, or the variables MODEL and SLOTS)

using System.Net;
using Sagan.Models;
using Sagan.Serving;

string[] snapshot = [.. args.Take(1).Where(argument => !argument.StartsWith("--"))];
WebApplicationBuilder builder = WebApplication.CreateBuilder(args[snapshot.Length..]);
if ((snapshot.FirstOrDefault() ?? builder.Configuration["model"]) is not { } model)
{
    Console.Error.WriteLine("usage: WebApi SNAPSHOT");
    return 2;
}

// One pool for the whole program: it loads the network once, and frees it when the program ends.
builder.Services.AddSingleton(_ => GeneratorPool.Open(model, new() { Slots = builder.Configuration.GetValue("slots", 1) }));
builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
WebApplication app = builder.Build();

// What the caller did wrong becomes a status and one line of text.
app.Use(async (context, next) =>
{
    try
    {
        await next(context);
    }
    catch (Exception error) when (StatusOf(error) is { } status)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(error.Message);
    }
});

// The cancellation token fires when the client goes away: its picture is then left out.
app.MapGet("/{className}.png", async (string className, GeneratorPool pool, CancellationToken gone, long seed = 0, double? truncation = null) =>
    Results.Bytes(await pool.DrawPngAsync(pool.Classes.Count == 0 ? null : className, seed, truncation, gone), "image/png"));

app.MapGet("/", (GeneratorPool pool) =>
{
    IEnumerable<string> classes = pool.Classes.Count == 0 ? ["any"] : pool.Classes.Take(20);
    string rows = string.Concat(classes.Select(name => $"<h2>{WebUtility.HtmlEncode(name)}</h2>" + string.Concat(
        Enumerable.Range(0, 8).Select(seed => $"<img src=\"/{Uri.EscapeDataString(name)}.png?seed={seed}\" alt=\"\"> "))));
    return Results.Content($"<!doctype html><title>Sagan</title>{rows}", "text/html; charset=utf-8");
});

// Loaded now, so that a wrong path is told at once and not at the first picture.
try
{
    app.Services.GetRequiredService<GeneratorPool>();
}
catch (Exception error)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

app.Run();
return 0;

static int? StatusOf(Exception error) => error switch
{
    UnknownClassException => StatusCodes.Status404NotFound,
    BadHttpRequestException or ArgumentOutOfRangeException or ConfigException => StatusCodes.Status400BadRequest,
    PoolBusyException => StatusCodes.Status503ServiceUnavailable,
    OperationCanceledException => StatusCodes.Status499ClientClosedRequest,
    _ => null,
};
