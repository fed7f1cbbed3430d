package io.github.costwise.cache.admission;

import java.util.Set;

/**
 * Recognises questions whose answers must not be shared. Reads English; what it does not
 * know passes, so that other languages need
 * {@link io.github.costwise.spi.CachePartitionResolver} or a policy without cache.
 */
final class Wording {

	/** Answers hold for minutes at the most. */
	private static final Phrases LIVE = new Phrases(
			Set.of("today", "todays", "tonight", "tomorrow", "yesterday", "right", "now", "is", "are", "what", "where",
					"who", "how", "which", "show", "tell", "give", "currently", "at", "this", "next", "last", "just",
					"real", "up", "latest", "breaking", "current", "weather", "forecast", "so"),
			"today(?:'s|s)?", "tonight", "tomorrow", "yesterday", "right now", "now (?:is|are)",
			"(?:is|are|(?:what|where|who|how)(?:'s| is| are))(?: [\\w']{1,20}){1,6} now", "currently", "at the moment",
			"at present", "this (?:morning|afternoon|evening|week|weekend|month|quarter)",
			"(?:next|last) (?:hour|week|weekend|month)", "just now", "real[- ]time", "up[- ]to[- ]date",
			"(?:latest|breaking|current) (?:\\w+ )?(?:news|price|prices|rate|rates|score|status|version|weather|time|date"
					+ "|value|balance|position|situation)",
			"what time is it", "what day is it",
			"(?:what|how much|which|show|tell|give)[^.?!]{0,40} (?:stock|share|exchange|bitcoin|gold|oil)"
					+ " (?:price|prices|rate|rates)",
			"weather", "forecast", "so far");

	/** What belongs to one person. */
	private static final Phrases PERSONAL = new Phrases(Set.of("my", "our", "mine", "i", "we", "who"),
			"(?:my|our|mine)(?: \\w+){0,2} (?:account|accounts|address|agenda|appointment"
					+ "|appointments|balance|balances|bill|bills|booking|bookings|calendar|cart|case|claim|claims|contract"
					+ "|contracts|credit|debt|delivery|diagnosis|email|emails|invoice|invoices|limit|loan|medication"
					+ "|messages|mortgage|order|orders|package|parcel|password|payment|payments|payslip|plan|policy"
					+ "|prescription|profile|refund|reservation|salary|shipment|statement|statements|subscription|tickets"
					+ "|ticket|transaction|transactions|transfer|usage)",
			"(?:i|we) (?:owe|ordered|booked|spent|paid|own)", "who am i");

	/**
	 * Asks how something is done, which is the same for everybody, although it may be
	 * done to what is the asker's own.
	 */
	private static final Phrases PROCEDURE = new Phrases(
			Set.of("how", "where", "when", "why", "can", "could", "may", "should", "must", "is", "are", "do", "will",
					"would", "what", "i", "we", "steps", "step", "help"),
			"(?:how|where|when|why) (?:do|can|could|should|would|must|may) (?:i|we|you|someone|one)", "how to",
			"(?:can|could|may|should|must) (?:i|we|you)(?! (?:see|tell|show|give|check|look|find|read|list))",
			"(?:is|are) (?:it|there) (?:possible|a way|any way|a fee|fees|a limit|a charge|charges)",
			"(?:do|will|would) (?:i|we) (?:need|have) to", "what (?:do|should|must|can) (?:i|we) do", "i want to",
			"i(?:'d| would) like to(?! (?:see|know|check))", "i need to(?! (?:see|know|check))",
			"(?:i|we) (?:forgot|lost|cannot|can't|can not|am unable to)", "steps? (?:to|for)",
			"what (?:happens|is needed)",
			"help me (?:with )?(?:to )?(?:change|changing|close|closing|open|opening|set|setting|reset|resetting)");

	private Wording() {
	}

	static boolean isLive(String question) {
		return LIVE.isIn(plain(question));
	}

	static boolean isPersonal(String question) {
		String plain = plain(question);
		return PERSONAL.isIn(plain) && !PROCEDURE.isIn(plain);
	}

	private static String plain(String text) {
		return text.strip().replace('\u2019', '\'');
	}

}
