package io.github.costwise.benchmarks.eval;

import java.util.List;

import io.github.costwise.benchmarks.provider.BilledCall;

/**
 * One turn of a simulation.
 *
 * @param model the model it asks for, unique to it
 * @param api the provider it asks
 * @param stream whether it streams
 * @param validated whether answers are checked against a schema, and asked for again
 * @param oneHour whether it asks to keep prompts in the cache for one hour
 * @param mishap what goes wrong
 * @param calls what the provider does, call by call
 */
record BillTurn(String model, Api api, boolean stream, boolean validated, boolean oneHour, Mishap mishap,
		List<BilledCall> calls) {

	/** The providers. */
	enum Api {

		OPENAI, ANTHROPIC;

		String provider() {
			return name().toLowerCase(java.util.Locale.ROOT);
		}

	}

	/** What goes wrong in a turn. */
	enum Mishap {

		/** Nothing. */
		NONE("none"),

		/** Some tries are refused for too many requests. */
		RATE_LIMITED("429"),

		/** Some tries fail within the provider. */
		SERVER_ERROR("500"),

		/** Some tries find the provider overloaded. */
		OVERLOADED("529"),

		/** The connection breaks before an answer, or within it. */
		RESET("reset"),

		/** The provider falls silent until the client gives up. */
		STALL("stall"),

		/** The caller cancels the stream. */
		ABORT("abort"),

		/** The answer comes without a usage. */
		NO_USAGE("noUsage"),

		/** The first answer breaks the schema. */
		INVALID("invalid");

		private final String key;

		Mishap(String key) {
			this.key = key;
		}

		String key() {
			return this.key;
		}

		/**
		 * Returns the status that tries are answered with.
		 * @return the HTTP status, or 0 when the connection is reset instead
		 */
		int status() {
			return switch (this) {
				case RATE_LIMITED -> 429;
				case SERVER_ERROR -> 500;
				case OVERLOADED -> 529;
				default -> 0;
			};
		}

	}

}
