package io.github.costwise.autoconfigure;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A place in the tree of all settings: what stands there is known by the classes that the
 * properties are bound to. Children are found when they are asked for. Not thread-safe.
 */
final class SettingNode {

	private static final String OWN = "io.github.costwise.";

	/**
	 * By the name that the place above has for them; a group may have several classes.
	 */
	private final Map<String, SettingNode> groups = new LinkedHashMap<>();

	private final List<ResolvableType> types = new ArrayList<>();

	private @Nullable Map<String, SettingNode> children;

	SettingNode() {
	}

	private SettingNode(ResolvableType type) {
		this.types.add(type);
	}

	/**
	 * Adds a class whose properties stand below a place.
	 * @param path names of the place and of those above, in dashed form
	 * @param type the class
	 */
	void add(List<String> path, Class<?> type) {
		if (path.isEmpty()) {
			this.types.add(ResolvableType.forClass(type));
			return;
		}
		this.groups.computeIfAbsent(path.get(0), (name) -> new SettingNode()).add(path.subList(1, path.size()), type);
	}

	/**
	 * Returns the names below this place.
	 * @return places by their dashed names, none for a value, a list or a map
	 */
	Map<String, SettingNode> children() {
		if (this.children == null) {
			this.children = new LinkedHashMap<>();
			for (ResolvableType type : this.types) {
				if (isObject(type)) {
					SettingTypes.properties(type).forEach(this::put);
				}
			}
			this.groups.forEach((name, group) -> group.types.forEach((type) -> put(name, type)));
			this.groups.forEach((name, group) -> child(name).groups.putAll(group.groups));
		}
		return this.children;
	}

	private void put(String name, ResolvableType type) {
		child(DataObjectPropertyName.toDashedForm(name)).types.add(type);
	}

	private SettingNode child(String name) {
		return Objects.requireNonNull(this.children).computeIfAbsent(name, (key) -> new SettingNode());
	}

	/**
	 * Returns what the elements of a list are.
	 * @return the place of an element, or {@code null} where there is no list
	 */
	@Nullable SettingNode element() {
		for (ResolvableType type : this.types) {
			if (type.isArray()) {
				return new SettingNode(type.getComponentType());
			}
			if (Collection.class.isAssignableFrom(type.toClass())) {
				return new SettingNode(type.asCollection().getGeneric(0));
			}
		}
		return null;
	}

	/**
	 * Returns what stands under the free names of a map.
	 * @return the place of a value, or {@code null} where there is no map
	 */
	@Nullable SettingNode entry() {
		for (ResolvableType type : this.types) {
			if (Map.class.isAssignableFrom(type.toClass())) {
				return new SettingNode(type.asMap().getGeneric(1));
			}
		}
		return null;
	}

	/**
	 * Returns whether a value may stand here.
	 * @return whether this is no group of names
	 */
	boolean isValue() {
		return element() != null || (entry() == null && children().isEmpty());
	}

	/** Whether the names below a map may have points. */
	boolean isPlain() {
		return element() == null && isValue();
	}

	private static boolean isObject(ResolvableType type) {
		Class<?> raw = type.toClass();
		return raw.getName().startsWith(OWN) && !raw.isEnum() && !isConverted(raw);
	}

	/** The conversion service makes such objects of texts. */
	private static boolean isConverted(Class<?> type) {
		return ClassUtils.hasConstructor(type, String.class) || List.of("valueOf", "of", "from")
			.stream()
			.map((name) -> ReflectionUtils.findMethod(type, name, String.class))
			.anyMatch((method) -> method != null && Modifier.isStatic(method.getModifiers())
					&& method.getReturnType() == type);
	}

}
