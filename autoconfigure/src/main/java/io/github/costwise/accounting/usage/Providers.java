package io.github.costwise.accounting.usage;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.ModelOptions;
import org.springframework.util.ClassUtils;

import io.github.costwise.spi.PriceCatalog;

/**
 * Finds the billing provider of a call, as {@link io.github.costwise.model.ModelId} names
 * it, from what is known of the call. A client of OpenAI reaches many providers: there
 * the host of its base URL tells, and a host that is not known is nobody's
 * ({@link #UNKNOWN}); the log names it once, with the property that says whose it is.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class Providers {

	/** What a call is put down to when nothing about it is known. */
	public static final String UNKNOWN = PriceCatalog.UNKNOWN_PROVIDER;

	private static final Log logger = LogFactory.getLog(Providers.class);

	private static final int MOST_URLS = 256;

	private static final String OPENAI = "openai";

	private static final boolean CLIENT_PRESENT = ClassUtils
		.isPresent("org.springframework.ai.openai.OpenAiChatOptions", Providers.class.getClassLoader());

	/** By the beginning of the simple name of Spring AI's models and options. */
	private static final Map<String, String> BY_PREFIX = Map.ofEntries(Map.entry("OpenAi", OPENAI),
			Map.entry("AzureOpenAi", "azure"), Map.entry("Anthropic", "anthropic"), Map.entry("GoogleGenAi", "google"),
			Map.entry("VertexAi", "vertex_ai"), Map.entry("Ollama", "ollama"), Map.entry("Bedrock", "bedrock"),
			Map.entry("MistralAi", "mistral"), Map.entry("DeepSeek", "deepseek"), Map.entry("Transformers", "onnx"),
			Map.entry("MiniMax", "minimax"), Map.entry("ZhiPuAi", "zai"), Map.entry("Voyage", "voyage"),
			Map.entry("Groq", "groq"), Map.entry("HuggingFace", "huggingface"), Map.entry("Cohere", "cohere"));

	/** By Spring AI's {@code gen_ai.system}, where it is not the name itself. */
	private static final Map<String, String> BY_SYSTEM = Map.of("google_genai", "google", "bedrock_converse", "bedrock",
			"mistral_ai", "mistral", "azure-openai", "azure", "az.ai.openai", "azure", "aws.bedrock", "bedrock",
			"gcp.gemini", "google", "gcp.vertex_ai", "vertex_ai", "x_ai", "xai");

	private static final Set<String> KNOWN = Stream
		.of(Hosts.known(), BY_PREFIX.values().stream(), BY_SYSTEM.values().stream())
		.flatMap((names) -> names)
		.collect(Collectors.toUnmodifiableSet());

	private static final ClassValue<String> BY_CLASS = new ClassValue<>() {

		@Override
		protected String computeValue(Class<?> type) {
			return find(type);
		}

	};

	private final Hosts hosts;

	private final @Nullable String defaultOpenAiUrl;

	private final Map<String, String> byUrl = new ConcurrentHashMap<>();

	private final Map<String, HostPlace> places = new ConcurrentHashMap<>();

	private final Set<String> warned = ConcurrentHashMap.newKeySet();

	/**
	 * Creates the mapping.
	 * @param overrides provider by host, by {@code host:port}, or by the provider name
	 * found otherwise (such as {@code google} to {@code vertex_ai}); these come first
	 * @param defaultOpenAiUrl the base URL of OpenAI's client when its options do not
	 * tell, or {@code null} for OpenAI's own
	 */
	public Providers(Map<String, String> overrides, @Nullable String defaultOpenAiUrl) {
		this.hosts = new Hosts(overrides);
		this.defaultOpenAiUrl = defaultOpenAiUrl;
	}

	/**
	 * Returns the providers that a host or a client leads to without anything being set.
	 * @return their names, as the price catalogue writes them
	 */
	public static Set<String> known() {
		return KNOWN;
	}

	/**
	 * Returns the provider that options are for.
	 * @param options options of a chat or embedding model, or {@code null}
	 * @return the provider, or {@link #UNKNOWN}
	 */
	public String of(@Nullable ModelOptions options) {
		return of(options, null);
	}

	/**
	 * Returns the provider that options are for, or that is asked by a client.
	 * @param options options of a chat or embedding model, or {@code null}
	 * @param address the base URL that the client asks, where that is known; else that of
	 * the options counts
	 * @return the provider, or {@link #UNKNOWN}
	 */
	public String of(@Nullable ModelOptions options, @Nullable String address) {
		if (options == null) {
			return UNKNOWN;
		}
		String provider = BY_CLASS.get(options.getClass());
		String url = address(options, address);
		if (OPENAI.equals(provider)) {
			return overridden(openAi(options, (url != null) ? url : this.defaultOpenAiUrl));
		}
		String there = (url != null && !UNKNOWN.equals(provider)) ? Hosts.maker(url) : null;
		return overridden((there != null) ? there : provider);
	}

	/**
	 * Returns the provider that a client asks which tells its name too, as clients of
	 * OpenAI do whoever answers them.
	 * @param options options of a chat or embedding model, or {@code null}
	 * @param system the value of {@code gen_ai.system} that the client gives
	 * @return the provider of the options, {@link #UNKNOWN} for a host that is not known;
	 * of options that tell nothing, that of the name
	 */
	public String ofClient(@Nullable ModelOptions options, String system) {
		boolean telling = options != null && !UNKNOWN.equals(BY_CLASS.get(options.getClass()));
		return telling ? of(options) : ofSystem(system);
	}

	/**
	 * Returns whether a request goes to a region of its own, where rates may be higher.
	 * @param options options of a chat or embedding model, or {@code null}
	 * @param address the base URL that the client asks, where that is known
	 * @return whether the address names a region
	 */
	public boolean isRegional(@Nullable ModelOptions options, @Nullable String address) {
		String url = (options != null) ? address(options, address) : address;
		boolean openAi = url == null && options != null && OPENAI.equals(BY_CLASS.get(options.getClass()));
		String asked = openAi ? this.defaultOpenAiUrl : url;
		return asked != null && place(asked).regional();
	}

	private @Nullable String address(ModelOptions options, @Nullable String address) {
		boolean told = address != null && place(address).named();
		return told ? address : ReflectiveFields.of(options).text(Field.BASE_URL);
	}

	private HostPlace place(String url) {
		HostPlace known = this.places.get(url);
		if (known == null) {
			known = new HostPlace(Hosts.name(url) != null, Regions.isOwnAddress(url));
			if (this.places.size() < MOST_URLS) {
				this.places.put(url, known);
			}
		}
		return known;
	}

	/**
	 * Returns the provider of a chat model, by its default options or else its class.
	 * @param model the model
	 * @return the provider, or {@link #UNKNOWN}
	 */
	public String of(ChatModel model) {
		String provider = of(model.getOptions());
		return UNKNOWN.equals(provider) ? ofType(model.getClass()) : provider;
	}

	/**
	 * Returns the provider of a model or options class of Spring AI or one that extends
	 * it.
	 * @param type the class
	 * @return the provider, or {@link #UNKNOWN}
	 */
	public String ofType(Class<?> type) {
		String provider = BY_CLASS.get(type);
		return overridden(
				(OPENAI.equals(provider) && this.defaultOpenAiUrl != null) ? ofUrl(this.defaultOpenAiUrl) : provider);
	}

	/**
	 * Returns the provider of a value of {@code gen_ai.system} or
	 * {@code gen_ai.provider.name}.
	 * @param system the value
	 * @return the provider; a name not known is returned as it is
	 */
	public String ofSystem(String system) {
		return overridden(BY_SYSTEM.getOrDefault(system, system));
	}

	/**
	 * Returns the provider behind the base URL of OpenAI's client.
	 * @param baseUrl the URL, with or without a scheme
	 * @return the provider, or {@link #UNKNOWN} when the host is not known
	 */
	public String ofUrl(String baseUrl) {
		String cached = this.byUrl.get(baseUrl);
		if (cached != null) {
			return cached;
		}
		String provider = this.hosts.provider(baseUrl);
		String found = (provider != null) ? provider : UNKNOWN;
		if (provider == null) {
			warn(Hosts.host(baseUrl));
		}
		if (this.byUrl.size() < MOST_URLS) {
			this.byUrl.put(baseUrl, found);
		}
		return found;
	}

	private void warn(@Nullable String host) {
		String name = (host != null) ? host : "an address without a host";
		if (this.warned.size() < MOST_URLS && this.warned.add(name)) {
			logger.warn("Costwise: nothing tells the billing provider of " + name
					+ "; its calls are priced by the names of their models, as estimates, or not at all. Name the provider: "
					+ "costwise.accounting.providers[" + name + "]=openai, for example");
		}
	}

	private String overridden(String provider) {
		return this.hosts.override(provider, provider);
	}

	private String openAi(Object options, @Nullable String baseUrl) {
		if (CLIENT_PRESENT && OpenAiOptions.isAzure(options)) {
			return "azure";
		}
		return (baseUrl != null) ? ofUrl(baseUrl) : OPENAI;
	}

	private static String find(Class<?> type) {
		for (Class<?> ancestor = type; ancestor != null; ancestor = ancestor.getSuperclass()) {
			String name = ancestor.getSimpleName();
			for (Map.Entry<String, String> entry : BY_PREFIX.entrySet()) {
				if (name.startsWith(entry.getKey())) {
					return entry.getValue();
				}
			}
		}
		return UNKNOWN;
	}

	/**
	 * What an address tells.
	 *
	 * @param named whether it names a host
	 * @param regional whether that is in a region of its own
	 */
	private record HostPlace(boolean named, boolean regional) {

	}

}
