package io.github.costwise.autoconfigure;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

import io.github.costwise.autoconfigure.SettingName.Unknown;

/**
 * Finds the setting that was meant by a name: at the place where the name leaves the tree
 * the name with the fewest letters to change, and from there on likewise.
 */
final class NearestSetting {

	/** One in so many letters may be wrong. */
	private static final int LETTERS = 3;

	private NearestSetting() {
	}

	/**
	 * Finds it.
	 * @param name the name that was written
	 * @param unknown where it leaves the tree
	 * @return the name that was meant as far as it is known, or {@code null}
	 */
	static @Nullable String to(ConfigurationPropertyName name, Unknown unknown) {
		ConfigurationPropertyName meant = name.chop(unknown.at());
		SettingNode node = unknown.node();
		for (int i = unknown.at(); i < name.getNumberOfElements(); i++) {
			SettingNode below = free(node);
			if (node.element() != null && !name.isNumericIndex(i)) {
				return null;
			}
			if (below != null) {
				meant = append(meant, name.getElement(i, Form.ORIGINAL));
				node = below;
				continue;
			}
			String near = nearest(node, name.getElement(i, Form.UNIFORM));
			if (near == null) {
				return (i > unknown.at()) ? meant.toString() : null;
			}
			meant = meant.append(near);
			node = node.children().getOrDefault(near, node);
		}
		return (unknown.at() < name.getNumberOfElements()) ? meant.toString() : null;
	}

	private static ConfigurationPropertyName append(ConfigurationPropertyName name, String free) {
		boolean number = free.chars().allMatch(Character::isDigit);
		return name.append((!number && ConfigurationPropertyName.isValid(free)) ? free : "[" + free + "]");
	}

	private static @Nullable SettingNode free(SettingNode node) {
		SettingNode element = node.element();
		return (element != null) ? element : node.entry();
	}

	private static @Nullable String nearest(SettingNode node, String written) {
		String nearest = null;
		int least = Integer.MAX_VALUE;
		for (Map.Entry<String, SettingNode> child : node.children().entrySet()) {
			String known = SettingName.uniform(child.getKey());
			int distance = distance(written, known);
			if (distance < least && isNear(written, known, distance)) {
				least = distance;
				nearest = child.getKey();
			}
		}
		return nearest;
	}

	private static boolean isNear(String written, String known, int distance) {
		boolean part = written.length() >= LETTERS && known.length() >= LETTERS
				&& (known.startsWith(written) || written.startsWith(known) || known.endsWith(written));
		return part || distance <= (Math.max(written.length(), known.length()) + 1) / LETTERS;
	}

	/** Letters to add, to leave out, to replace or to swap with the next one. */
	private static int distance(String one, String other) {
		int[][] distances = new int[one.length() + 1][other.length() + 1];
		for (int i = 0; i <= one.length(); i++) {
			for (int j = 0; j <= other.length(); j++) {
				distances[i][j] = (i == 0 || j == 0) ? i + j : least(distances, one, other, new int[] { i, j });
			}
		}
		return distances[one.length()][other.length()];
	}

	private static int least(int[][] distances, String one, String other, int[] at) {
		int i = at[0];
		int j = at[1];
		boolean same = one.charAt(i - 1) == other.charAt(j - 1);
		int least = Math.min(distances[i - 1][j - 1] + (same ? 0 : 1),
				1 + Math.min(distances[i - 1][j], distances[i][j - 1]));
		boolean swapped = i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2)
				&& one.charAt(i - 2) == other.charAt(j - 1);
		return swapped ? Math.min(least, distances[i - 2][j - 2] + 1) : least;
	}

}
