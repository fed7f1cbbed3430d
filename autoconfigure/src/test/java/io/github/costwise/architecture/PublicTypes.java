package io.github.costwise.architecture;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;

/**
 * Which packages need which public top-level types. A package needs a type that it names
 * or calls, one that stands in the signature of what it calls, and one that stands in an
 * interface that it needs, since it may implement that.
 */
final class PublicTypes {

	private final Map<String, SortedSet<String>> users = new TreeMap<>();

	private final JavaClasses classes;

	PublicTypes(JavaClasses classes, Predicate<JavaClass> hidden) {
		this.classes = classes;
		classes.stream()
			.filter((type) -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
			.filter(hidden)
			.forEach((type) -> this.users.put(type.getName(), new TreeSet<>()));
		classes.forEach((user) -> named(user).forEach((type) -> need(user.getPackageName(), type)));
	}

	/** Adds the sources of another module, which names what it needs by an import. */
	void addUser(String module, Collection<String> sources) {
		this.users.forEach((type, packages) -> {
			String named = type.replace(".", "\\.") + "[;.]";
			if (sources.stream().anyMatch((source) -> Pattern.compile(named).matcher(source).find())) {
				packages.add(module);
			}
		});
	}

	/** Returns the types that exactly these packages and modules need, sorted by name. */
	List<String> neededBy(Set<String> packages) {
		return this.users.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().equals(packages))
			.map(Map.Entry::getKey)
			.toList();
	}

	private void need(String user, JavaClass type) {
		JavaClass top = top(type);
		SortedSet<String> known = this.users.get(top.getName());
		if (known == null || top.getPackageName().equals(user) || !known.add(user)) {
			return;
		}
		Stream.concat(Stream.of(top), this.classes.stream().filter((inner) -> top(inner).equals(top)))
			.filter(JavaClass::isInterface)
			.flatMap((shown) -> shown.getMethods().stream())
			.flatMap(PublicTypes::signature)
			.forEach((shown) -> need(user, shown));
	}

	private static Stream<JavaClass> named(JavaClass user) {
		Stream<JavaClass> direct = user.getDirectDependenciesFromSelf().stream().map(Dependency::getTargetClass);
		Stream<JavaClass> called = user.getAccessesFromSelf()
			.stream()
			.filter((access) -> !access.getTargetOwner().getPackageName().equals(user.getPackageName()))
			.flatMap(PublicTypes::called);
		return Stream.concat(direct, called).map(JavaClass::getBaseComponentType);
	}

	private static Stream<JavaClass> called(JavaAccess<?> access) {
		if (access.getTarget() instanceof AccessTarget.FieldAccessTarget field) {
			return Stream.of(field.getRawType());
		}
		AccessTarget.CodeUnitAccessTarget unit = (AccessTarget.CodeUnitAccessTarget) access.getTarget();
		Stream<JavaClass> generic = unit.resolveMember().stream().flatMap(PublicTypes::signature);
		return Stream.of(unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()), generic)
			.flatMap((types) -> types);
	}

	private static Stream<JavaClass> signature(JavaCodeUnit unit) {
		Stream<JavaType> types = Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
		return types.flatMap((type) -> type.getAllInvolvedRawTypes().stream());
	}

	private static JavaClass top(JavaClass type) {
		return type.getEnclosingClass().map(PublicTypes::top).orElse(type);
	}

}
