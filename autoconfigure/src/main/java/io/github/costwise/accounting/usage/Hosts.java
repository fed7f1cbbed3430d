package io.github.costwise.accounting.usage;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** Who answers at which host. A name stands for itself and everything under it. */
final class Hosts {

	private static final String BEDROCK = "bedrock";

	private static final String VERTEX = "aiplatform.googleapis.com";

	private static final Map<String, String> KNOWN = Map.ofEntries(Map.entry("api.openai.com", "openai"),
			Map.entry("openai.azure.com", "azure"), Map.entry("cognitiveservices.azure.com", "azure"),
			Map.entry("services.ai.azure.com", "azure"), Map.entry("models.inference.ai.azure.com", "github"),
			Map.entry("models.github.ai", "github"), Map.entry("api.anthropic.com", "anthropic"),
			Map.entry("generativelanguage.googleapis.com", "google"), Map.entry(VERTEX, "vertex_ai"),
			Map.entry("rep.googleapis.com", "vertex_ai"), Map.entry("amazonaws.com", BEDROCK),
			Map.entry("api.aws", BEDROCK), Map.entry("api.groq.com", "groq"), Map.entry("api.x.ai", "xai"),
			Map.entry("api.deepseek.com", "deepseek"), Map.entry("api.mistral.ai", "mistral"),
			Map.entry("api.together.xyz", "together"), Map.entry("api.together.ai", "together"),
			Map.entry("api.fireworks.ai", "fireworks"), Map.entry("openrouter.ai", "openrouter"),
			Map.entry("api.perplexity.ai", "perplexity"), Map.entry("api.cohere.com", "cohere"),
			Map.entry("api.cohere.ai", "cohere"), Map.entry("api.cerebras.ai", "cerebras"),
			Map.entry("api.moonshot.ai", "moonshot"), Map.entry("api.moonshot.cn", "moonshot"),
			Map.entry("dashscope.aliyuncs.com", "dashscope"), Map.entry("dashscope-intl.aliyuncs.com", "dashscope"),
			Map.entry("integrate.api.nvidia.com", "nvidia"), Map.entry("z.ai", "zai"), Map.entry("bigmodel.cn", "zai"),
			Map.entry("minimax.io", "minimax"), Map.entry("minimaxi.com", "minimax"),
			Map.entry("minimax.chat", "minimax"), Map.entry("voyageai.com", "voyage"));

	private static final String OLLAMA = "ollama";

	private static final int OLLAMA_PORT = 11434;

	private final Map<String, String> overrides = new LinkedHashMap<>();

	Hosts(Map<String, String> overrides) {
		overrides.forEach((name, provider) -> this.overrides.put(name.toLowerCase(Locale.ROOT), provider));
	}

	/** The providers that addresses lead to without anything being set. */
	static Stream<String> known() {
		return Stream.concat(KNOWN.values().stream(), Stream.of(OLLAMA));
	}

	/** Returns the provider at an address, or {@code null} when it is not known. */
	@Nullable String provider(String baseUrl) {
		URI uri = parse(baseUrl);
		String host = (uri != null) ? uri.getHost() : null;
		if (uri == null || host == null) {
			return null;
		}
		String name = host.toLowerCase(Locale.ROOT);
		String provider = this.overrides.get(name + ":" + uri.getPort());
		provider = (provider != null) ? provider : find(this.overrides, name);
		provider = (provider != null) ? provider : known(name);
		return (provider == null && uri.getPort() == OLLAMA_PORT) ? OLLAMA : provider;
	}

	/** Returns the provider at an address by what is known of hosts, or {@code null}. */
	static @Nullable String maker(String baseUrl) {
		String host = name(baseUrl);
		return (host != null) ? known(host) : null;
	}

	/** Whatever else runs at Amazon is an application's own. */
	private static @Nullable String known(String host) {
		String provider = find(KNOWN, host);
		boolean foreign = BEDROCK.equals(provider) && !host.startsWith(BEDROCK) && !host.contains("." + BEDROCK);
		return foreign ? null : provider;
	}

	/** Returns the host of an address in lower case, without a port. */
	static @Nullable String name(String baseUrl) {
		URI uri = parse(baseUrl);
		String host = (uri != null) ? uri.getHost() : null;
		return (host != null) ? host.toLowerCase(Locale.ROOT) : null;
	}

	/** Returns the host of an address, with its port where it is not the usual one. */
	static @Nullable String host(String baseUrl) {
		URI uri = parse(baseUrl);
		String host = (uri != null) ? uri.getHost() : null;
		if (uri == null || host == null) {
			return null;
		}
		return host.toLowerCase(Locale.ROOT) + ((uri.getPort() < 0) ? "" : ":" + uri.getPort());
	}

	/** Returns what the user says about a name that is not a host, or the default. */
	String override(String name, String fallback) {
		return this.overrides.getOrDefault(name, fallback);
	}

	private static @Nullable URI parse(String baseUrl) {
		try {
			return URI.create(baseUrl.contains("://") ? baseUrl.trim() : "https://" + baseUrl.trim());
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/** Regional hosts of Vertex AI end in a known name after a hyphen. */
	private static @Nullable String find(Map<String, String> providers, String host) {
		String exact = providers.get(host);
		if (exact != null) {
			return exact;
		}
		for (Map.Entry<String, String> entry : providers.entrySet()) {
			String known = entry.getKey();
			if (host.endsWith("." + known) || (known.equals(VERTEX) && host.endsWith("-" + known))) {
				return entry.getValue();
			}
		}
		return null;
	}

}
