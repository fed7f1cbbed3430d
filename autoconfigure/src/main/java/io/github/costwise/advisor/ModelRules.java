package io.github.costwise.advisor;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a model, or the server that has it, refuses beside sampling: told by their names,
 * whichever client they are reached by. This is the one table of such rules; its sources
 * are the API references of the providers as of 2026. A value that is refused is left
 * out. Of a model and a server that no row names nothing is known, and it gets what all
 * take. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ModelRules {

	private static final List<ModelRule> ROWS = new ArrayList<>();

	static {
		model(Refused.of(Refused.PARALLEL_TOOL_CALLS), "o1", "o2", "o3", "o4", "o5", "o6", "o7", "o8", "o9");
		model(Refused.of(Refused.PARALLEL_TOOL_CALLS, Refused.SAMPLING, Refused.CHOICES, Refused.LOG_PROBABILITIES),
				"gpt-4o-search", "gpt-4o-mini-search", "gpt-5-search");
		model(IdForm.MISTRAL, Refused.ofMistral(), "mistral", "ministral", "mixtral", "codestral", "devstral",
				"magistral", "pixtral", "voxtral");
		server(IdForm.MISTRAL, Refused.ofMistral(), "mistral.ai");
		model(IdForm.UNIQUE_NOT_EMPTY, Refused.of(Refused.CHOICES, Refused.LOG_PROBABILITIES, Refused.LOGIT_BIAS),
				"claude");
		server(IdForm.UNIQUE_NOT_EMPTY, Refused.of(Refused.CHOICES, Refused.LOG_PROBABILITIES, Refused.LOGIT_BIAS),
				"anthropic.com");
		model(IdForm.UNIQUE_NOT_EMPTY, Refused.of(Refused.LOGIT_BIAS), "gemini");
		server(IdForm.UNIQUE_NOT_EMPTY, Refused.ofUnknownFields(), "googleapis.com");
		model(Refused.of(Refused.LOG_PROBABILITIES, Refused.LOGIT_BIAS), "deepseek-reasoner", "deepseek-r1");
		model(Refused.of(Refused.PENALTIES, Refused.STOP, Refused.LOGIT_BIAS), "grok-3-mini", "grok-4", "grok-5",
				"grok-code");
		model(Refused.of(Refused.SAMPLING, Refused.PENALTIES, Refused.CHOICES), "kimi-k2.5", "kimi-k2.6", "kimi-k3");
		server(null, Refused.of(Refused.CHOICES, Refused.LOG_PROBABILITIES, Refused.LOGIT_BIAS), "groq.com");
		server(null, Refused.of(Refused.PENALTIES, Refused.LOGIT_BIAS, Refused.PARALLEL_TOOL_CALLS, Refused.CHOICES),
				"cerebras.ai");
	}

	private final Set<Refused> refused;

	private final @Nullable IdForm ids;

	private ModelRules(Set<Refused> refused, @Nullable IdForm ids) {
		this.refused = refused;
		this.ids = ids;
	}

	private static void model(Set<Refused> refused, String... names) {
		model(null, refused, names);
	}

	private static void model(@Nullable IdForm ids, Set<Refused> refused, String... names) {
		ROWS.add(new ModelRule(List.of(names), List.of(), ids, refused));
	}

	private static void server(@Nullable IdForm ids, Set<Refused> refused, String... domains) {
		ROWS.add(new ModelRule(List.of(), List.of(domains), ids, refused));
	}

	/**
	 * Returns the rules of a model on a server.
	 * @param model the name of the model, with or without its provider before it, or
	 * {@code null} when it is not known
	 * @param server the host of the server, or {@code null} when it is not known
	 * @return the rules; those of the model and those of the server together
	 */
	public static ModelRules of(@Nullable String model, @Nullable String server) {
		String name = (model != null) ? model.toLowerCase(Locale.ROOT) : "";
		String host = (server != null) ? server.toLowerCase(Locale.ROOT) : "";
		Set<Refused> refused = EnumSet.noneOf(Refused.class);
		IdForm ids = null;
		for (ModelRule row : ROWS) {
			if (row.concerns(name, host)) {
				refused.addAll(row.refused());
				ids = (ids != null) ? ids : row.ids();
			}
		}
		return new ModelRules(refused, ids);
	}

	/**
	 * Returns whether a value is answered with an error.
	 * @param value what the request would say
	 * @return whether it has to be left out
	 */
	public boolean refuses(Refused value) {
		return this.refused.contains(value);
	}

	/** What a model or its server takes in messages, where that is known. */
	@Nullable IdForm ids() {
		return this.ids;
	}

	/**
	 * A line of the table.
	 *
	 * @param names how parts of the names of models begin
	 * @param domains the domains of servers
	 * @param ids what is taken in messages, or {@code null} for what the client takes
	 * @param refused what is refused
	 */
	private record ModelRule(List<String> names, List<String> domains, @Nullable IdForm ids, Set<Refused> refused) {

		boolean concerns(String name, String host) {
			return this.names.stream().anyMatch((start) -> isNamed(name, start))
					|| this.domains.stream().anyMatch((domain) -> host.equals(domain) || host.endsWith("." + domain));
		}

		/** Names stand at the begin of a part, and are not the begin of a number. */
		private static boolean isNamed(String name, String start) {
			for (int at = name.indexOf(start); at >= 0; at = name.indexOf(start, at + 1)) {
				int end = at + start.length();
				boolean begins = at == 0 || !Character.isLetterOrDigit(name.charAt(at - 1));
				boolean number = Character.isDigit(start.charAt(start.length() - 1)) && end < name.length()
						&& Character.isLetterOrDigit(name.charAt(end));
				if (begins && !number) {
					return true;
				}
			}
			return false;
		}

	}

	/** What is taken in messages. */
	enum IdForm {

		/** Ids of tool calls have nine letters and digits. */
		MISTRAL,

		/** Ids of tool calls differ, and no message is empty. */
		UNIQUE_NOT_EMPTY

	}

	/** What a request may say and a model refuse. */
	public enum Refused {

		/** Whether tools may be called side by side. */
		PARALLEL_TOOL_CALLS,

		/** Log probabilities. */
		LOG_PROBABILITIES,

		/** A bias of tokens. */
		LOGIT_BIAS,

		/** A seed. */
		SEED,

		/** More than one answer. */
		CHOICES,

		/** Temperature, top-p and top-k. */
		SAMPLING,

		/** Penalties of frequency and presence. */
		PENALTIES,

		/** Stop sequences. */
		STOP,

		/** {@code max_completion_tokens}, in place of {@code max_tokens}. */
		COMPLETION_LIMIT,

		/**
		 * {@code store}, {@code metadata}, {@code user} and other fields of OpenAI's own.
		 */
		OWN_FIELDS;

		private static Set<Refused> of(Refused first, Refused... rest) {
			return EnumSet.of(first, rest);
		}

		private static Set<Refused> ofMistral() {
			return of(SEED, LOG_PROBABILITIES, LOGIT_BIAS, COMPLETION_LIMIT, OWN_FIELDS);
		}

		/** A server that refuses each field that it does not know. */
		private static Set<Refused> ofUnknownFields() {
			return of(SEED, LOG_PROBABILITIES, LOGIT_BIAS, OWN_FIELDS, PENALTIES, PARALLEL_TOOL_CALLS);
		}

	}

}
