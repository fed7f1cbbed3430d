package io.github.costwise.architecture;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Which types somebody needs who uses a type: all that its public signatures name. */
final class ApiReferences {

	private ApiReferences() {
	}

	/** Returns what a type names and none of the packages holds, as text. */
	static List<String> strangers(Class<?> type, List<String> packages, List<String> libraries) {
		return named(type).map(ApiReferences::element)
			.filter((named) -> !named.isPrimitive())
			.filter((named) -> !packages.contains(named.getPackageName()))
			.filter((named) -> libraries.stream().noneMatch((library) -> named.getName().startsWith(library)))
			.map((named) -> type.getName() + " names " + named.getName())
			.distinct()
			.toList();
	}

	private static Stream<Class<?>> named(Class<?> type) {
		Stream<Type> own = Stream.concat(Stream.ofNullable(type.getGenericSuperclass()),
				Stream.concat(Arrays.stream(type.getGenericInterfaces()), Arrays.stream(type.getTypeParameters())));
		Stream<Type> fields = ApiListing.fields(type).stream().map(Field::getGenericType);
		Stream<Type> members = ApiListing.executables(type).stream().flatMap(ApiReferences::types);
		return Stream.of(own, fields, members).flatMap((types) -> types).flatMap(ApiReferences::classes);
	}

	private static Stream<Type> types(Executable member) {
		Stream<Type> returned = (member instanceof Method method) ? Stream.of(method.getGenericReturnType())
				: Stream.empty();
		return Stream
			.of(returned, Arrays.stream(member.getGenericParameterTypes()),
					Arrays.stream(member.getGenericExceptionTypes()), Arrays.stream(member.getTypeParameters()))
			.flatMap((types) -> types);
	}

	private static Stream<Class<?>> classes(Type type) {
		if (type instanceof Class<?> named) {
			return Stream.of(named);
		}
		if (type instanceof ParameterizedType generic) {
			return Stream.concat(classes(generic.getRawType()), all(generic.getActualTypeArguments()));
		}
		if (type instanceof GenericArrayType array) {
			return classes(array.getGenericComponentType());
		}
		if (type instanceof WildcardType wildcard) {
			return Stream.concat(all(wildcard.getUpperBounds()), all(wildcard.getLowerBounds()));
		}
		return (type instanceof TypeVariable<?> variable) ? bounds(variable) : Stream.empty();
	}

	/** A variable may stand in its own bound, which is then not looked into again. */
	private static Stream<Class<?>> bounds(TypeVariable<?> variable) {
		return Arrays.stream(variable.getBounds())
			.map((bound) -> (bound instanceof ParameterizedType generic) ? generic.getRawType() : bound)
			.flatMap(ApiReferences::classes);
	}

	private static Stream<Class<?>> all(Type[] types) {
		return Arrays.stream(types).flatMap(ApiReferences::classes);
	}

	private static Class<?> element(Class<?> type) {
		return type.isArray() ? element(Objects.requireNonNull(type.getComponentType())) : type;
	}

}
