package io.github.costwise.observability;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs to a tuple of tag values by one map look-up per value. Grows no more
 * once no series are left. Thread-safe.
 *
 * @param <V> what belongs to a tuple
 */
final class TagTree<V> {

	private final Map<String, TagTree<V>> children = new ConcurrentHashMap<>();

	private volatile @Nullable V value;

	/**
	 * Finds what belongs to a tuple.
	 * @param tags the tuple
	 * @return what was created for it, or {@code null}
	 */
	@Nullable V find(String... tags) {
		TagTree<V> node = this;
		for (String tag : tags) {
			node = node.children.get(tag);
			if (node == null) {
				return null;
			}
		}
		return node.value;
	}

	/**
	 * Finds what belongs to a tuple, or creates it at most once.
	 * @param factory creates it
	 * @param budget whether there may be more
	 * @param others what stands in where there may not
	 * @param tags the tuple
	 * @return what belongs to the tuple, or stands in
	 */
	V get(Supplier<V> factory, SeriesBudget budget, V others, String... tags) {
		V known = find(tags);
		if (known != null) {
			return known;
		}
		return budget.isSpent() ? others : node(tags).create(factory);
	}

	private TagTree<V> node(String... tags) {
		TagTree<V> node = this;
		for (String tag : tags) {
			node = node.children.computeIfAbsent(tag, (key) -> new TagTree<>());
		}
		return node;
	}

	private synchronized V create(Supplier<V> factory) {
		V present = this.value;
		if (present == null) {
			present = factory.get();
			this.value = present;
		}
		return present;
	}

}
