package io.github.costwise.autoconfigure;

import java.beans.PropertyDescriptor;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;
import org.springframework.util.ClassUtils;

import io.github.costwise.text.Parts;

/**
 * Reads the classes that properties are bound to: those that any auto-configuration of
 * Costwise on the class path enables, whether it matches or not.
 */
final class SettingTypes {

	private static final String OWN = "io.github.costwise.";

	private SettingTypes() {
	}

	/**
	 * Returns the tree of all settings.
	 * @param classLoader finds the auto-configurations
	 * @return the place that all names begin at
	 */
	static SettingNode tree(@Nullable ClassLoader classLoader) {
		SettingNode root = new SettingNode();
		for (Class<?> type : types(classLoader)) {
			ConfigurationProperties properties = AnnotatedElementUtils.findMergedAnnotation(type,
					ConfigurationProperties.class);
			if (properties != null) {
				root.add(List.of(Parts.of(properties.prefix(), ".")), type);
			}
		}
		return root;
	}

	/**
	 * Returns the classes that properties are bound to.
	 * @param classLoader finds the auto-configurations
	 * @return the classes, each once
	 */
	static List<Class<?>> types(@Nullable ClassLoader classLoader) {
		SimpleMetadataReaderFactory readers = new SimpleMetadataReaderFactory(classLoader);
		List<Class<?>> types = new ArrayList<>();
		for (String name : ImportCandidates.load(AutoConfiguration.class, classLoader)) {
			if (name.startsWith(OWN)) {
				enabled(name, readers).map((type) -> ClassUtils.resolveClassName(type, classLoader))
					.filter((type) -> !types.contains(type))
					.forEach(types::add);
			}
		}
		return types;
	}

	private static Stream<String> enabled(String name, SimpleMetadataReaderFactory readers) {
		try {
			MetadataReader reader = readers.getMetadataReader(name);
			Map<String, @Nullable Object> attributes = reader.getAnnotationMetadata()
				.getAnnotationAttributes(EnableConfigurationProperties.class.getName(), true);
			return (attributes != null && attributes.get("value") instanceof String[] values) ? Arrays.stream(values)
					: Stream.empty();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The auto-configuration " + name + " cannot be read", ex);
		}
	}

	/**
	 * Returns the properties of a class: what its record, its one constructor or its
	 * setters and getters take.
	 * @param type the class
	 * @return types by name
	 */
	static Map<String, ResolvableType> properties(ResolvableType type) {
		if (type.toClass().isRecord()) {
			return components(type);
		}
		Constructor<?>[] constructors = type.toClass().getDeclaredConstructors();
		boolean bean = constructors.length != 1 || constructors[0].getParameterCount() == 0;
		return bean ? set(type) : taken(constructors[0], type);
	}

	private static Map<String, ResolvableType> components(ResolvableType type) {
		Map<String, ResolvableType> components = new LinkedHashMap<>();
		for (RecordComponent component : type.toClass().getRecordComponents()) {
			Name name = component.getAccessor().getAnnotation(Name.class);
			components.put((name != null) ? name.value() : component.getName(),
					ResolvableType.forMethodReturnType(component.getAccessor(), type.toClass()));
		}
		return components;
	}

	private static Map<String, ResolvableType> taken(Constructor<?> constructor, ResolvableType type) {
		Map<String, ResolvableType> taken = new LinkedHashMap<>();
		@Nullable String[] names = BeanUtils.getParameterNames(constructor);
		for (int i = 0; i < names.length; i++) {
			Parameter parameter = constructor.getParameters()[i];
			Name name = parameter.getAnnotation(Name.class);
			MethodParameter typed = new MethodParameter(constructor, i);
			taken.put((name != null) ? name.value() : String.valueOf(names[i]),
					ResolvableType.forMethodParameter(typed, type));
		}
		return taken;
	}

	private static Map<String, ResolvableType> set(ResolvableType type) {
		Map<String, ResolvableType> set = new LinkedHashMap<>();
		for (PropertyDescriptor property : BeanUtils.getPropertyDescriptors(type.toClass())) {
			Method setter = property.getWriteMethod();
			Method getter = property.getReadMethod();
			if (setter != null) {
				set.put(property.getName(), ResolvableType.forMethodParameter(setter, 0, type.toClass()));
			}
			else if (getter != null && !property.getName().equals("class")) {
				set.put(property.getName(), ResolvableType.forMethodReturnType(getter, type.toClass()));
			}
		}
		return set;
	}

}
