package io.github.costwise.architecture;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What of some types is public, one line each: the type itself and each member that a
 * caller or a subclass may use. A question mark says that a value may be {@code null}.
 */
final class ApiListing {

	private static final Set<String> OF_EVERY_RECORD = Set.of("equals", "hashCode", "toString");

	private static final Set<String> OF_EVERY_ENUM = Set.of("values", "valueOf");

	private ApiListing() {
	}

	static List<String> of(Collection<Class<?>> types) {
		return types.stream().flatMap(ApiListing::lines).sorted().toList();
	}

	/**
	 * Returns a type and the types within it, as far as they can be used from elsewhere.
	 */
	static Stream<Class<?>> withNested(Class<?> type) {
		Stream<Class<?>> nested = Arrays.stream(type.getDeclaredClasses())
			.filter((inner) -> visible(inner.getModifiers()) && !inner.isSynthetic());
		return Stream.concat(Stream.of(type), nested.flatMap(ApiListing::withNested));
	}

	/** Returns the members of a type that can be used from elsewhere. */
	static List<Executable> executables(Class<?> type) {
		Stream<Constructor<?>> constructors = Arrays.stream(type.getDeclaredConstructors())
			.filter((constructor) -> !type.isEnum());
		return Stream.concat(constructors, Arrays.stream(type.getDeclaredMethods()))
			.filter((member) -> visible(member.getModifiers()) && !member.isSynthetic())
			.filter(Predicate.not((member) -> implied(type, member)))
			.toList();
	}

	static List<Field> fields(Class<?> type) {
		return Arrays.stream(type.getDeclaredFields())
			.filter((field) -> visible(field.getModifiers()) && !field.isSynthetic())
			.toList();
	}

	private static boolean implied(Class<?> type, Executable member) {
		return type.isRecord() && OF_EVERY_RECORD.contains(member.getName())
				|| type.isEnum() && OF_EVERY_ENUM.contains(member.getName());
	}

	private static Stream<String> lines(Class<?> type) {
		Stream<String> members = executables(type).stream().map((member) -> name(type) + "." + member(type, member));
		Stream<String> fields = fields(type).stream()
			.map((field) -> name(type) + "." + field.getName() + ": " + type(field.getAnnotatedType(), field)
					+ marks(field.getModifiers() & ~Modifier.FINAL));
		return Stream.of(Stream.of(header(type)), fields, members).flatMap((lines) -> lines);
	}

	private static String header(Class<?> type) {
		List<String> supertypes = new ArrayList<>();
		Type above = type.getGenericSuperclass();
		if (above != null && !List.of("Object", "Record", "Enum").contains(name(raw(above)))) {
			supertypes.add(name(above));
		}
		if (!type.isAnnotation()) {
			Arrays.stream(type.getGenericInterfaces()).map(ApiListing::name).forEach(supertypes::add);
		}
		int modifiers = type.getModifiers() & (kind(type).equals("class") ? ~Modifier.STATIC : Modifier.PROTECTED);
		return name(type) + parameters(type.getTypeParameters()) + " (" + kind(type) + marks(modifiers) + ")"
				+ (supertypes.isEmpty() ? "" : " is " + String.join(", ", supertypes));
	}

	private static String kind(Class<?> type) {
		if (type.isAnnotation()) {
			return "annotation";
		}
		if (type.isInterface()) {
			return "interface";
		}
		return type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
	}

	private static String member(Class<?> owner, Executable member) {
		String parameters = parameterTypes(owner, member).map((parameter) -> type(parameter, null))
			.collect(Collectors.joining(", ", "(", ")"));
		String thrown = Arrays.stream(member.getGenericExceptionTypes())
			.map((type) -> " throws " + name(type))
			.collect(Collectors.joining());
		String generic = parameters(member.getTypeParameters());
		if (member instanceof Method method) {
			return method.getName() + generic + parameters + ": " + type(method.getAnnotatedReturnType(), method)
					+ marks(method, owner) + thrown;
		}
		return "new" + parameters + marks(member.getModifiers()) + thrown;
	}

	/**
	 * Compilers differ in what they keep of the parameters of the canonical constructor
	 * of a record; its components tell the same.
	 */
	private static Stream<AnnotatedType> parameterTypes(Class<?> owner, Executable member) {
		RecordComponent[] components = (member instanceof Constructor<?> && owner.isRecord())
				? owner.getRecordComponents() : new RecordComponent[0];
		Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
		return (types.length > 0 && Arrays.equals(types, member.getParameterTypes()))
				? Stream.of(components).map(RecordComponent::getAnnotatedType)
				: Stream.of(member.getAnnotatedParameterTypes());
	}

	private static String parameters(Type[] variables) {
		return (variables.length == 0) ? ""
				: Arrays.stream(variables)
					.map((variable) -> bounded((TypeVariable<?>) variable))
					.collect(Collectors.joining(", ", "<", ">"));
	}

	private static String bounded(TypeVariable<?> variable) {
		String bounds = Arrays.stream(variable.getBounds())
			.filter((bound) -> bound != Object.class)
			.map(ApiListing::name)
			.collect(Collectors.joining(" & "));
		return bounds.isEmpty() ? variable.getName() : variable.getName() + " extends " + bounds;
	}

	private static String marks(Method method, Class<?> owner) {
		if (owner.isAnnotation()) {
			return (method.getDefaultValue() != null) ? " default" : "";
		}
		int modifiers = owner.isInterface() ? method.getModifiers() & ~Modifier.ABSTRACT : method.getModifiers();
		return (method.isDefault() ? " default" : "") + marks(modifiers & ~Modifier.FINAL);
	}

	private static String marks(int modifiers) {
		StringBuilder marks = new StringBuilder();
		for (int modifier : new int[] { Modifier.PROTECTED, Modifier.ABSTRACT, Modifier.STATIC, Modifier.FINAL }) {
			if ((modifiers & modifier) != 0) {
				marks.append(' ').append(Modifier.toString(modifier));
			}
		}
		return marks.toString();
	}

	private static String type(AnnotatedType type, @Nullable AnnotatedElement element) {
		boolean nullable = type.isAnnotationPresent(Nullable.class)
				|| element != null && element.isAnnotationPresent(Nullable.class);
		String name = name(type.getType());
		if (type instanceof AnnotatedParameterizedType generic) {
			String arguments = Arrays.stream(generic.getAnnotatedActualTypeArguments())
				.map((argument) -> type(argument, null))
				.collect(Collectors.joining(", ", "<", ">"));
			name = name(((ParameterizedType) type.getType()).getRawType()) + arguments;
		}
		return name + (nullable ? "?" : "");
	}

	private static Class<?> raw(Type type) {
		return (type instanceof ParameterizedType generic) ? (Class<?>) generic.getRawType() : (Class<?>) type;
	}

	private static String name(Type type) {
		String name = (type instanceof Class<?> named && !named.isArray()) ? named.getName() : type.getTypeName();
		return name.replace('$', '.').replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "");
	}

	private static boolean visible(int modifiers) {
		return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
	}

}
