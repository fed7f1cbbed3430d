package io.github.costwise.accounting.usage;

import java.util.Map;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;

import io.github.costwise.bounded.RecentMap;
import io.github.costwise.spi.TokenCounter;

/**
 * Counts with OpenAI's byte-pair encodings, which are exact for OpenAI's models. Others
 * do not publish theirs: Claude's counts are taken as 1.2 times OpenAI's, those of
 * Gemini, Mistral, Llama and the rest as equal. Of a text over 200,000 characters the
 * first and last 100,000 are counted and stand for the rest. The tables are loaded when
 * something is counted first, and shared by all instances. The counts of the latest 128
 * texts of 200 to 16,000 characters are remembered, since instructions and histories come
 * with call after call.
 */
final class JtokkitTokenCounter implements TokenCounter {

	private static final int PER_MILLE = 1000;

	private static final int CLAUDE_PER_MILLE = 1200;

	private static final int PART = 100_000;

	private static final int SHORT = 200;

	private static final int LONG = 16_000;

	private static final int REMEMBERED = 128;

	private final Map<String, Long> recent = RecentMap.shared(REMEMBERED);

	private final Map<String, Long> recentOlder = RecentMap.shared(REMEMBERED);

	@Override
	public long count(String text, String model) {
		boolean older = isOlder(model);
		long count = count(text, older, older ? this.recentOlder : this.recent);
		return model.contains("claude") ? ceil(count * CLAUDE_PER_MILLE) : count;
	}

	private static long count(String text, boolean older, Map<String, Long> recent) {
		if (text.length() < SHORT || text.length() > LONG) {
			return count(text, encoding(older));
		}
		Long known = recent.get(text);
		if (known == null) {
			known = count(text, encoding(older));
			recent.put(text, known);
		}
		return known;
	}

	private static long count(String text, Encoding encoding) {
		int length = text.length();
		if (length <= 2 * PART) {
			return encoding.countTokensOrdinary(text);
		}
		long parts = encoding.countTokensOrdinary(text.substring(0, PART))
				+ encoding.countTokensOrdinary(text.substring(length - PART));
		return parts * length / (2 * PART);
	}

	private static long ceil(long perMille) {
		return (perMille + PER_MILLE - 1) / PER_MILLE;
	}

	private static Encoding encoding(boolean older) {
		return Tables.REGISTRY.getEncoding(older ? EncodingType.CL100K_BASE : EncodingType.O200K_BASE);
	}

	/** Models before GPT-4o and the embedding models. */
	private static boolean isOlder(String model) {
		String name = model.substring(model.lastIndexOf('/') + 1);
		return name.startsWith("gpt-3.5") || name.startsWith("gpt-35") || name.startsWith("text-embedding-")
				|| name.equals("gpt-4") || name.startsWith("gpt-4-");
	}

	private static final class Tables {

		static final EncodingRegistry REGISTRY = Encodings.newLazyEncodingRegistry();

	}

}
