package io.github.costwise.cache.learning;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words that two texts do not share, each as often as the one has it more often.
 *
 * @param added the words of the one text
 * @param removed the words of the other
 * @param size how many words both have together
 */
record WordDifference(Map<String, Integer> added, Map<String, Integer> removed, int size) {

	static WordDifference of(List<String> one, List<String> other) {
		Map<String, Integer> difference = new HashMap<>();
		one.forEach((word) -> difference.merge(word, 1, Integer::sum));
		other.forEach((word) -> difference.merge(word, -1, Integer::sum));
		Map<String, Integer> added = new HashMap<>();
		Map<String, Integer> removed = new HashMap<>();
		difference.forEach((word, count) -> {
			if (count != 0) {
				((count > 0) ? added : removed).put(word, Math.abs(count));
			}
		});
		return new WordDifference(added, removed, one.size() + other.size());
	}

	/**
	 * Returns how much the texts differ.
	 * @return the share of words that are not shared, from 0 to 1
	 */
	double share() {
		return (double) (count(this.added) + count(this.removed)) / this.size;
	}

	/**
	 * Returns whether one text says the opposite of a word of the other.
	 * @return whether there are such words among those that the texts do not share
	 */
	boolean isOpposite() {
		return WordLists.opposite(this.added.keySet(), this.removed.keySet());
	}

	/**
	 * Returns whether neither text has many words of its own that say something.
	 * @param most how many are not many
	 * @return whether both have at the most so many
	 */
	boolean isFew(int most) {
		return content(this.added) <= most && content(this.removed) <= most;
	}

	private static int count(Map<String, Integer> words) {
		return words.values().stream().mapToInt(Integer::intValue).sum();
	}

	private static int content(Map<String, Integer> words) {
		Set<String> content = new HashSet<>(words.keySet());
		content.removeIf((word) -> !WordLists.isContent(word));
		return content.size();
	}

}
