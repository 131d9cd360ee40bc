using System.Text.Json.Serialization;

namespace Sagan.Data;

/// <summary>How metadata become JSON: worked out when this is compiled, which saves the first opening of a cache the time.</summary>
[JsonSerializable(typeof(CacheMetadata))]
internal sealed partial class CacheMetadataJson : JsonSerializerContext;
