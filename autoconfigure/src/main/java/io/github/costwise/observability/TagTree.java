package io.github.costwise.observability;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs to a tuple of tag values by one map look-up per value, so that a
 * call that was seen before allocates nothing. Thread-safe.
 *
 * @param <V> what belongs to a tuple
 */
final class TagTree<V> {

	private final Map<String, TagTree<V>> children = new ConcurrentHashMap<>();

	private volatile @Nullable V value;

	TagTree<V> child(String tag) {
		TagTree<V> child = this.children.get(tag);
		return (child != null) ? child : this.children.computeIfAbsent(tag, (key) -> new TagTree<>());
	}

	@Nullable V value() {
		return this.value;
	}

	/**
	 * Creates the value at most once, since registering a meter twice is wasteful.
	 */
	synchronized V create(Supplier<V> factory) {
		V present = this.value;
		if (present == null) {
			present = factory.get();
			this.value = present;
		}
		return present;
	}

}
