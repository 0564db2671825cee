using System.Net;
using System.Net.Sockets;

namespace BekenImage.Web.Tests.Support;

/// <summary>A host for static files, as plain as they come: no compression, no headers but the type. It remembers what it was asked for.</summary>
internal sealed class StaticServer : IDisposable
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html; charset=utf-8", [".js"] = "text/javascript", [".css"] = "text/css", [".wasm"] = "application/wasm", [".json"] = "application/json",
        [".svg"] = "image/svg+xml", [".webmanifest"] = "application/manifest+json", [".png"] = "image/png",
    };

    private readonly HttpListener _listener;
    private readonly string _folder;
    private readonly List<string> _asked = [];

    public StaticServer(string folder)
    {
        _folder = Path.GetFullPath(folder);
        (_listener, Address) = Listen();
        _ = ServeAsync();
    }

    /// <summary>Where it is, with a slash at the end.</summary>
    public string Address { get; }

    /// <summary>The paths that were asked for, in order.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked)
                return [.. _asked];
        }
    }

    public void Dispose() => _listener.Close();

    private static (HttpListener Listener, string Address) Listen()
    {
        while (true)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            int port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            // Localhost by name: the browser takes it for a secure place, where service workers run.
            string address = $"http://localhost:{port}/";
            var listener = new HttpListener { Prefixes = { address } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException)
            {
                // Another program took the port meanwhile.
            }
        }
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The browser went away, or the server was closed.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        string path = Uri.UnescapeDataString(context.Request.Url!.AbsolutePath);
        lock (_asked)
            _asked.Add(path);
        string file = Path.GetFullPath(Path.Combine(_folder, path.TrimStart('/')));
        if (Directory.Exists(file))
            file = Path.Combine(file, "index.html");
        using var response = context.Response;
        if (!file.StartsWith(_folder, StringComparison.Ordinal) || !File.Exists(file))
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
            return;
        }
        byte[] bytes = await File.ReadAllBytesAsync(file);
        response.ContentType = Types.GetValueOrDefault(Path.GetExtension(file), "application/octet-stream");
        response.ContentLength64 = bytes.Length;
        await response.OutputStream.WriteAsync(bytes);
    }
}
