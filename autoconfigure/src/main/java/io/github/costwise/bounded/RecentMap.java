package io.github.costwise.bounded;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the entries that were used last, up to a number: the one used least recently
 * makes room, however often it was used before. Iterates from that one on. Not
 * thread-safe.
 *
 * @param <K> the keys
 * @param <V> the values
 * @since 0.1.0
 */
public final class RecentMap<K, V> extends LinkedHashMap<K, V> {

	private static final long serialVersionUID = 1L;

	private final int most;

	/**
	 * Creates an empty map.
	 * @param most how many entries to keep, at least 1
	 */
	public RecentMap(int most) {
		super(16, .75f, true);
		this.most = most;
	}

	/**
	 * Returns an empty map that threads may share; each of its methods locks it.
	 * @param <K> the keys
	 * @param <V> the values
	 * @param most how many entries to keep, at least 1
	 * @return the map
	 */
	public static <K, V> Map<K, V> shared(int most) {
		return Collections.synchronizedMap(new RecentMap<>(most));
	}

	@Override
	protected boolean removeEldestEntry(Map.@Nullable Entry<K, V> eldest) {
		return size() > this.most;
	}

}
