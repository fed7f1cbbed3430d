package io.github.costwise.pricing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.costwise.model.ModelId;
import io.github.costwise.text.TextMatch;
import io.github.costwise.text.TextPattern;

/**
 * The spellings under which a model may stand in the catalogue. Only decoration is taken
 * off a name (a path, a region, a date, a revision); what remains must match exactly, so
 * that no family is ever taken for another.
 *
 * @since 0.1.0
 */
public final class ModelNames {

	/** Longer names are not looked up: no provider has them. */
	static final int LONGEST = 256;

	private static final Map<String, String> PROVIDERS = Map.ofEntries(Map.entry("gemini", "google"),
			Map.entry("google-genai", "google"), Map.entry("google_genai", "google"), Map.entry("gcp.gemini", "google"),
			Map.entry("vertex", "vertex_ai"), Map.entry("vertexai", "vertex_ai"), Map.entry("vertex-ai", "vertex_ai"),
			Map.entry("gcp.vertex_ai", "vertex_ai"), Map.entry("aws", "bedrock"), Map.entry("aws.bedrock", "bedrock"),
			Map.entry("bedrock_converse", "bedrock"), Map.entry("azure_ai", "azure"),
			Map.entry("azure-openai", "azure"), Map.entry("azure_openai", "azure"),
			Map.entry("azure.ai.openai", "azure"), Map.entry("mistral_ai", "mistral"),
			Map.entry("mistralai", "mistral"), Map.entry("x_ai", "xai"), Map.entry("x-ai", "xai"),
			Map.entry("together_ai", "together"), Map.entry("togetherai", "together"),
			Map.entry("fireworks_ai", "fireworks"), Map.entry("fireworks-ai", "fireworks"),
			Map.entry("voyageai", "voyage"), Map.entry("moonshotai", "moonshot"), Map.entry("cohere_chat", "cohere"),
			Map.entry("zhipuai", "zai"), Map.entry("zhipu", "zai"), Map.entry("z-ai", "zai"), Map.entry("z_ai", "zai"),
			Map.entry("z.ai", "zai"), Map.entry("bigmodel", "zai"));

	private static final TextPattern PATH = TextPattern
		.ofWhole("(?:models|publishers/[^/]+/models|projects/.+/models|accounts/[^/]+/models|arn:.+)/([^/]+)");

	private static final TextPattern REGION = TextPattern
		.ofWhole("(us|us-gov|eu|apac|jp|au|ca|sa|me|af|in|uk|il|mx|global)\\.(.+\\..+)");

	private static final TextPattern TUNED = TextPattern.ofWhole("(ft:[^:]+):.*");

	private static final TextPattern REVISION = TextPattern.ofWhole("(.+?)(?:-\\d{4}-\\d{2}-\\d{2}|-20\\d{6}|@20\\d{6}"
			+ "|@\\d{3}|@default|@latest|-v\\d+(?::\\d+)?|-00\\d|-\\d{2}-20\\d{2}|(?<=preview)-\\d{2}-\\d{2})");

	private static final TextPattern STAGE = TextPattern.ofWhole("(.+?)-(?:preview|latest|exp)");

	private static final TextPattern SNAPSHOT = TextPattern.ofWhole("(.+?)(?:-latest|-2[3-9]0[1-9]|-2[3-9]1[0-2])");

	private ModelNames() {
	}

	/**
	 * Returns a model in the catalogue's own spelling of providers.
	 * @param provider the provider by any of its names
	 * @param model the model
	 * @return the model, in lower case
	 */
	static ModelId canonical(String provider, String model) {
		String lower = provider.trim().toLowerCase(Locale.ROOT);
		return new ModelId(PROVIDERS.getOrDefault(lower, lower), model.trim().toLowerCase(Locale.ROOT));
	}

	/**
	 * Returns the names to look for, best first, each with whether a price found under it
	 * is certain to be the model's own.
	 * @param model the model in canonical form
	 * @return names and whether they are certain
	 */
	static Map<String, Boolean> spellings(ModelId model) {
		Map<String, Boolean> names = new LinkedHashMap<>();
		add(names, model.model(), true);
		String plain = withoutPath(model);
		add(names, plain, true);
		TextMatch region = REGION.whole(plain);
		if (model.provider().equals("bedrock") && region != null) {
			add(names, region.get(2), false);
		}
		return names;
	}

	/**
	 * Returns the names of which a name is a snapshot, a revision or the latest one.
	 * @param name the name
	 * @return the name without the last of its marks, without the one before it, and so
	 * on
	 */
	static List<String> families(String name) {
		List<String> names = new ArrayList<>();
		String bare = name;
		while (name.length() <= LONGEST) {
			String next = group(REVISION, bare);
			next = next.equals(bare) ? group(SNAPSHOT, bare) : next;
			if (next.equals(bare)) {
				break;
			}
			names.add(next);
			bare = next;
		}
		return names;
	}

	/**
	 * Returns a name without the marks of a snapshot, of a revision and of the latest.
	 */
	static String bare(String name) {
		String lower = name.strip().toLowerCase(Locale.ROOT);
		List<String> families = families(lower);
		return families.isEmpty() ? lower : families.get(families.size() - 1);
	}

	private static String withoutPath(ModelId model) {
		String name = model.model();
		String prefix = model.provider() + "/";
		if (name.startsWith(prefix)) {
			name = name.substring(prefix.length());
		}
		int slash = name.indexOf('/');
		if (slash > 0 && model.provider().equals(PROVIDERS.get(name.substring(0, slash)))) {
			name = name.substring(slash + 1);
		}
		return group(TUNED, group(PATH, name));
	}

	private static void add(Map<String, Boolean> names, String name, boolean certain) {
		names.putIfAbsent(name, certain);
		String bare = name;
		for (String next = group(REVISION, bare); !next.equals(bare); next = group(REVISION, bare)) {
			names.putIfAbsent(next, certain);
			bare = next;
		}
		names.putIfAbsent(group(STAGE, bare), false);
	}

	private static String group(TextPattern pattern, String name) {
		TextMatch match = pattern.whole(name);
		return (match != null) ? match.get(1) : name;
	}

	/**
	 * Returns whether two names are of one model: as an alias and a dated name are, and a
	 * name with the path or the maker before it.
	 * @param one a name
	 * @param other another one
	 * @return whether they differ in that alone
	 */
	public static boolean areSame(String one, String other) {
		if (one.equals(other)) {
			return true;
		}
		String bare = bare(one);
		String otherBare = bare(other);
		return bare.equals(otherBare) || isWithin(bare, otherBare) || isWithin(otherBare, bare);
	}

	private static boolean isWithin(String name, String longer) {
		return longer.endsWith('/' + name) || longer.endsWith('.' + name);
	}

	/**
	 * Returns the models of which one is a snapshot, a revision or the latest one.
	 * @param model the model
	 * @return it without the last mark of its name, without the one before it, and so on
	 */
	public static List<ModelId> families(ModelId model) {
		return families(model.model()).stream().map((name) -> new ModelId(model.provider(), name)).toList();
	}

}
