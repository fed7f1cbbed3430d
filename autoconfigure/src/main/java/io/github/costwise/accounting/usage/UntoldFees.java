package io.github.costwise.accounting.usage;

/**
 * What a body counts that is billed beside the tokens and has no rate of its own here:
 * quoted sources, seconds of audio, other tools of the provider than searches.
 */
final class UntoldFees {

	private static final Field[] BESIDE = { Field.CITATION_TOKENS, Field.NUM_SOURCES_USED, Field.PROMPT_AUDIO_SECONDS };

	private static final Field[] TOOLS = { Field.CODE_INTERPRETER_CALLS, Field.DOCUMENT_SEARCH_CALLS,
			Field.FILE_SEARCH_CALLS };

	private UntoldFees() {
	}

	/** Whether a body counts any. */
	static boolean areIn(UsageFields fields) {
		return isAny(fields, BESIDE) || isAny(fields.child(Field.SERVER_SIDE_TOOL_USAGE_DETAILS), TOOLS);
	}

	private static boolean isAny(UsageFields fields, Field... names) {
		for (Field name : names) {
			if (fields.number(name) > 0) {
				return true;
			}
		}
		return false;
	}

}
