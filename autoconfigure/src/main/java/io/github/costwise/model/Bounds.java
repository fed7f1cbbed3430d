package io.github.costwise.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.costwise.Attribution;
import io.github.costwise.model.CallRecord.HttpAttempt;
import io.github.costwise.text.ShortText;

/**
 * Bounds what records hold from outside: names to {@link ShortText#MOST} code units, tags
 * to 64, attempts to 100. A record is below 1 MiB then, in whatever form it is written.
 */
final class Bounds {

	static final int MOST_TAGS = 64;

	static final int MOST_ATTEMPTS = 100;

	private Bounds() {
	}

	static Attribution of(Attribution whose) {
		if (isShort(whose)) {
			return whose;
		}
		return new Attribution(ShortText.ofNullable(whose.feature()), ShortText.ofNullable(whose.tenant()),
				ShortText.ofNullable(whose.user()), tags(whose.tags()), whose.forAnybody());
	}

	private static boolean isShort(Attribution whose) {
		String feature = whose.feature();
		String tenant = whose.tenant();
		String user = whose.user();
		return (feature == null || feature.length() <= ShortText.MOST)
				&& (tenant == null || tenant.length() <= ShortText.MOST)
				&& (user == null || user.length() <= ShortText.MOST) && areShort(whose.tags());
	}

	private static boolean areShort(Map<String, String> tags) {
		return tags.isEmpty() || (tags.size() <= MOST_TAGS && tags.entrySet()
			.stream()
			.allMatch((tag) -> tag.getKey().length() <= ShortText.MOST && tag.getValue().length() <= ShortText.MOST));
	}

	/** The first ones in the order of their names, so that like calls keep like tags. */
	private static Map<String, String> tags(Map<String, String> tags) {
		Map<String, String> kept = new LinkedHashMap<>();
		new TreeMap<>(tags).entrySet()
			.stream()
			.limit(MOST_TAGS)
			.forEach((tag) -> kept.put(ShortText.ofName(tag.getKey()), ShortText.ofName(tag.getValue())));
		return kept;
	}

	static List<HttpAttempt> of(List<HttpAttempt> attempts) {
		boolean within = attempts.size() <= MOST_ATTEMPTS
				&& attempts.stream().allMatch((attempt) -> attempt.outcome().length() <= ShortText.MOST);
		return within ? attempts : attempts.stream().limit(MOST_ATTEMPTS).map(Bounds::of).toList();
	}

	private static HttpAttempt of(HttpAttempt attempt) {
		return new HttpAttempt(attempt.number(), attempt.status(), attempt.latency(),
				ShortText.ofName(attempt.outcome()));
	}

}
