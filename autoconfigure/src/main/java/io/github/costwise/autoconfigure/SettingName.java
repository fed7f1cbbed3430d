package io.github.costwise.autoconfigure;

import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Looks up one name of a property in the tree of all settings. Immutable.
 *
 * @param name the name
 * @param joined whether an underscore may stand for a hyphen as well as for a point, as
 * in environment variables
 */
record SettingName(ConfigurationPropertyName name, boolean joined) {

	/**
	 * Returns what is wrong with the name.
	 * @param root where all names begin
	 * @param empty whether nothing is set, as for a group in YAML whose settings are all
	 * comments
	 * @return where it leaves the tree, or {@code null} if it names a setting
	 */
	@Nullable Unknown lookUp(SettingNode root, boolean empty) {
		return find(root, 0, empty);
	}

	private @Nullable Unknown find(SettingNode node, int at, boolean empty) {
		if (at == this.name.getNumberOfElements()) {
			return (empty || node.isValue()) ? null : new Unknown(node, at);
		}
		SettingNode element = node.element();
		if (element != null) {
			return this.name.isNumericIndex(at) ? find(element, at + 1, empty) : new Unknown(node, at);
		}
		SettingNode entry = node.entry();
		if (entry != null) {
			return entry.isPlain() ? null : findEntry(entry, at + 1, empty);
		}
		return findChild(node, at, empty);
	}

	/** The free name of a map is one element, or several where they may be joined. */
	private @Nullable Unknown findEntry(SettingNode entry, int from, boolean empty) {
		Unknown unknown = find(entry, from, empty);
		for (int at = from + 1; this.joined && unknown != null && at < this.name.getNumberOfElements(); at++) {
			unknown = (find(entry, at, empty) == null) ? null : unknown;
		}
		return unknown;
	}

	private @Nullable Unknown findChild(SettingNode node, int at, boolean empty) {
		Unknown unknown = new Unknown(node, at);
		StringBuilder written = new StringBuilder();
		for (int i = at; i < this.name.getNumberOfElements() && (i == at || this.joined); i++) {
			written.append(this.name.getElement(i, Form.UNIFORM));
			SettingNode child = child(node, written.toString());
			Unknown below = (child != null) ? find(child, i + 1, empty) : unknown;
			if (below == null) {
				return null;
			}
			unknown = (below.at() > unknown.at()) ? below : unknown;
		}
		return unknown;
	}

	private static @Nullable SettingNode child(SettingNode node, String written) {
		for (Map.Entry<String, SettingNode> child : node.children().entrySet()) {
			if (uniform(child.getKey()).equals(written)) {
				return child.getValue();
			}
		}
		return null;
	}

	static String uniform(String name) {
		return name.replace("-", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * A name that is no setting.
	 *
	 * @param node the last place that it has in common with the settings
	 * @param at the element that is not known there; behind the last one if the name ends
	 * at a group
	 */
	record Unknown(SettingNode node, int at) {

	}

}
