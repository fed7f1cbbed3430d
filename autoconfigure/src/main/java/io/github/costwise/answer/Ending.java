package io.github.costwise.answer;

import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import static java.util.Map.entry;

/**
 * How an answer ended, whatever the provider calls it. The order is that of how little
 * the answer can be relied on.
 *
 * @since 0.1.0
 */
public enum Ending {

	/** The model came to its own end, or to a stop sequence. */
	END,

	/**
	 * The client says that the model came to its end, but says so of every chunk,
	 * whatever the server sent.
	 */
	ASSUMED,

	/** The model waits for the results of tools. */
	TOOLS,

	/** The provider paused the turn, which can be gone on with. */
	PAUSED,

	/** A limit of length cut it off. */
	LENGTH,

	/** The provider or the model withheld the rest of it, or all. */
	FILTERED,

	/** The server says that something went wrong. */
	BROKEN,

	/** It ended for a reason that is not known here. */
	UNKNOWN,

	/** No end signal came: the answer may be the beginning of a longer one. */
	UNMARKED;

	private static final Map<String, Ending> NAMES = Map.ofEntries(entry("STOP", END), entry("END_TURN", END),
			entry("STOP_SEQUENCE", END), entry("COMPLETE", END), entry("COMPLETED", END), entry("FINISHED", END),
			entry("EOS", END), entry("EOS_TOKEN", END), entry("END", END), entry("TOOL_CALLS", TOOLS),
			entry("TOOL_CALL", TOOLS), entry("TOOL_USE", TOOLS), entry("FUNCTION_CALL", TOOLS),
			entry("PAUSE_TURN", PAUSED), entry("COMPACTION", PAUSED), entry("LENGTH", LENGTH),
			entry("MAX_TOKENS", LENGTH), entry("MODEL_LENGTH", LENGTH), entry("MAX_OUTPUT_TOKENS", LENGTH),
			entry("MODEL_CONTEXT_WINDOW_EXCEEDED", LENGTH), entry("CONTENT_FILTER", FILTERED),
			entry("CONTENT_FILTERED", FILTERED), entry("REFUSAL", FILTERED), entry("SAFETY", FILTERED),
			entry("RECITATION", FILTERED), entry("LANGUAGE", FILTERED), entry("BLOCKLIST", FILTERED),
			entry("PROHIBITED_CONTENT", FILTERED), entry("SPII", FILTERED), entry("GUARDRAIL_INTERVENED", FILTERED),
			entry("MODEL_ARMOR", FILTERED), entry("SENSITIVE", FILTERED), entry("ERROR", BROKEN),
			entry("OTHER", BROKEN), entry("CANCELLED", BROKEN), entry("MALFORMED_FUNCTION_CALL", BROKEN),
			entry("UNEXPECTED_TOOL_CALL", BROKEN), entry("INSUFFICIENT_SYSTEM_RESOURCE", BROKEN),
			entry("NETWORK_ERROR", BROKEN), entry("", UNMARKED), entry("_UNKNOWN", UNMARKED), entry("NULL", UNMARKED),
			entry("UNKNOWN", UNMARKED), entry("FINISH_REASON_UNSPECIFIED", UNMARKED));

	/**
	 * Reads a finish reason. Letter case does not matter.
	 * @param finishReason what the client says, or {@code null} when it says nothing
	 * @return the ending; {@link #UNMARKED} where the reason is absent, empty or says
	 * that it is not known
	 */
	public static Ending of(@Nullable String finishReason) {
		if (finishReason == null) {
			return UNMARKED;
		}
		String name = finishReason.strip().toUpperCase(Locale.ROOT).replace('-', '_');
		return NAMES.getOrDefault(name, UNKNOWN);
	}

}
