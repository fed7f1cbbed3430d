package io.github.costwise.cache;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;

/**
 * Evictions that are not done: tells which entries must not be served. Immutable.
 *
 * @since 0.1.0
 */
public final class MarkedEvictions {

	/** No evictions. */
	public static final MarkedEvictions NONE = new MarkedEvictions(Set.of());

	private final Map<CacheEviction.EvictionKind, Set<String>> values = new EnumMap<>(CacheEviction.EvictionKind.class);

	/**
	 * Creates an instance.
	 * @param evictions the evictions
	 */
	public MarkedEvictions(Collection<CacheEviction> evictions) {
		evictions.forEach((eviction) -> this.values.computeIfAbsent(eviction.kind(), (kind) -> new HashSet<>())
			.add(eviction.value()));
	}

	/**
	 * Reads an eviction as it is marked in a store.
	 * @param text what {@link #write} returned
	 * @return the eviction; everything, where a later release has marked something that
	 * this one does not know
	 */
	public static CacheEviction read(String text) {
		int space = text.indexOf(' ');
		try {
			return new CacheEviction(CacheEviction.EvictionKind.valueOf(text.substring(0, Math.max(0, space))),
					text.substring(space + 1));
		}
		catch (IllegalArgumentException ex) {
			return CacheEviction.all();
		}
	}

	/**
	 * Writes an eviction, to be marked in a store.
	 * @param eviction the eviction
	 * @return its kind and value
	 */
	public static String write(CacheEviction eviction) {
		return eviction.kind() + " " + eviction.value();
	}

	/**
	 * Returns whether an entry is among those to remove.
	 * @param entry the entry
	 * @return whether it must not be served
	 */
	public boolean concern(CacheEntry entry) {
		return !this.values.isEmpty()
				&& (names(CacheEviction.EvictionKind.ALL, "") || names(CacheEviction.EvictionKind.ENTRY, entry.id())
						|| names(CacheEviction.EvictionKind.GROUP, entry.group())
						|| names(CacheEviction.EvictionKind.PARTITION, entry.partition())
						|| entry.labels()
							.stream()
							.anyMatch((label) -> names(CacheEviction.EvictionKind.LABEL, label.digest())));
	}

	private boolean names(CacheEviction.EvictionKind kind, String value) {
		return this.values.getOrDefault(kind, Set.of()).contains(value);
	}

}
