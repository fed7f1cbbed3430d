package io.github.costwise.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.costwise.bounded.RecentMap;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.RouteTarget;
import io.github.costwise.model.RoutedConversation;
import io.github.costwise.model.TokenUsage;

/**
 * What routing remembers of conversations: those used last, in this process. Thread-safe.
 */
final class Conversations {

	private static final int MOST = 10_000;

	/** How long providers keep a prompt warm at least. */
	private static final Duration WARM = Duration.ofMinutes(5);

	private final Map<String, KeptConversation> kept = RecentMap.shared(MOST);

	RoutedConversation find(@Nullable String key, Instant now) {
		KeptConversation last = (key != null) ? this.kept.get(key) : null;
		if (last == null) {
			return RoutedConversation.start();
		}
		return now.isBefore(last.at().plus(WARM)) ? last.state() : last.state().warm(0);
	}

	void keep(@Nullable String key, TurnRoute route, @Nullable CallRecord last, Instant now) {
		if (key == null) {
			return;
		}
		RoutedConversation next = route.decision().reason().conversation();
		RouteTarget target = route.current();
		this.kept.put(key, new KeptConversation(new RoutedConversation(next.tier(), target.name(), next.quietTurns(),
				(last != null) ? warm(last.usage().tokens()) : 0), now));
	}

	/** A provider that cached any of the prompt holds all of it now. */
	private static int warm(TokenUsage usage) {
		long cached = usage.get(BilledUnit.CACHE_READ) + usage.get(BilledUnit.CACHE_WRITE_5M)
				+ usage.get(BilledUnit.CACHE_WRITE_1H);
		return (cached == 0) ? 0 : (int) Math.min(Integer.MAX_VALUE, cached + usage.get(BilledUnit.INPUT));
	}

	private record KeptConversation(RoutedConversation state, Instant at) {

	}

}
