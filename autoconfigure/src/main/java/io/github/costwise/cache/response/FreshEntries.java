package io.github.costwise.cache.response;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Attribution;
import io.github.costwise.cache.partition.TurnOwner;
import io.github.costwise.cache.policy.Freshness;
import io.github.costwise.cache.response.SemanticTier.SimilarFound.Decided;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.model.CacheVector;

/** Makes entries of fresh answers. */
final class FreshEntries {

	private FreshEntries() {
	}

	/**
	 * The entry of an answer, in a group of its own.
	 * @param turn the turn
	 * @param lookup what it found
	 * @param fresh the answer
	 * @param draw a random number from 0 to 1, by which its time is shortened
	 */
	static CacheEntry of(CacheTurn turn, Lookup lookup, FreshAnswer fresh, Instant now, double draw) {
		String id = lookup.asked().key().id();
		Freshness freshness = turn.policy().freshness();
		Duration kept = freshness.fresh(draw).plus(freshness.stale());
		return new CacheEntry(id, lookup.asked().key().partition(), CacheEntry.groupOf(id), lookup.asked().question(),
				vector(lookup), fresh.toCached(), labels(turn), now, now.plus(kept));
	}

	/** The same entry in the group of another one with the same answer. */
	static CacheEntry inGroup(CacheEntry entry, String group) {
		return new CacheEntry(entry.id(), entry.partition(), group, entry.question(), entry.vector(), entry.answer(),
				entry.labels(), entry.createdAt(), entry.expiresAt());
	}

	private static @Nullable CacheVector vector(Lookup lookup) {
		if (lookup.found() instanceof Decided decided) {
			return CacheVector.of(decided.basis().vector());
		}
		CacheEntry repeated = lookup.repeated();
		return (repeated != null) ? repeated.vector() : null;
	}

	private static Set<CacheLabel> labels(CacheTurn turn) {
		TurnOwner owner = turn.request().owner();
		Attribution attribution = owner.attribution();
		Set<CacheLabel> labels = new HashSet<>();
		turn.policy().tags().forEach((tag) -> labels.add(CacheLabel.tag(tag)));
		attribution.tags().forEach((name, value) -> labels.add(CacheLabel.tag(name + "=" + value)));
		if (attribution.tenant() != null) {
			labels.add(CacheLabel.tenant(attribution.tenant()));
		}
		if (attribution.user() != null) {
			labels.add(CacheLabel.user(attribution.user()));
		}
		if (attribution.feature() != null) {
			labels.add(CacheLabel.feature(attribution.feature()));
		}
		if (owner.promptVersion() != null) {
			labels.add(CacheLabel.promptVersion(owner.promptVersion()));
		}
		return labels;
	}

}
