package io.github.costwise.architecture;

import java.lang.annotation.Annotation;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Conditions that ArchUnit has no words for. */
final class Conditions {

	private static final Set<String> FLOATING = Set.of("double", "float", "java.lang.Double", "java.lang.Float");

	private static final Set<String> EXPRESSIONS = Set.of("matches", "split", "splitWithDelimiters", "replaceAll",
			"replaceFirst");

	private Conditions() {
	}

	static DescribedPredicate<JavaClass> inPackageButNotIn(String included, String excluded) {
		return DescribedPredicate.describe("reside in " + included + " but not in " + excluded,
				(type) -> within(type, included) && !within(type, excluded));
	}

	static DescribedPredicate<JavaMethodCall> readsTheSystemClock() {
		return DescribedPredicate.describe("it reads the system's clock", (call) -> {
			String owner = call.getTargetOwner().getFullName();
			String name = call.getName();
			boolean now = owner.startsWith("java.time.") && "now".equals(name)
					&& call.getTarget()
						.getRawParameterTypes()
						.stream()
						.noneMatch((type) -> type.isEquivalentTo(Clock.class));
			boolean system = owner.equals(Clock.class.getName()) && name.startsWith("system");
			return now || system || (owner.equals(System.class.getName()) && "currentTimeMillis".equals(name));
		});
	}

	static DescribedPredicate<JavaMethodCall> takesAnExpression() {
		return DescribedPredicate.describe("it compiles a regular expression",
				(call) -> call.getTargetOwner().isEquivalentTo(String.class) && EXPRESSIONS.contains(call.getName()));
	}

	static ArchCondition<JavaClass> beInAPackageWith(Class<? extends Annotation> annotation) {
		return new ArchCondition<>("be in a package with @" + annotation.getSimpleName()) {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				events.add(new SimpleConditionEvent(type, type.getPackage().isAnnotatedWith(annotation),
						type.getPackageName() + " has no @" + annotation.getSimpleName()));
			}
		};
	}

	static ArchCondition<JavaClass> useNoFloatingPoint() {
		return new ArchCondition<>("use no floating-point numbers") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				floatingPointIn(type).forEach((where) -> events
					.add(SimpleConditionEvent.violated(type, where + " is a floating-point number")));
			}
		};
	}

	private static Stream<String> floatingPointIn(JavaClass type) {
		Stream<String> fields = type.getFields()
			.stream()
			.filter((field) -> floating(field.getRawType()))
			.map((field) -> field.getFullName());
		Stream<String> units = type.getCodeUnits()
			.stream()
			.filter((unit) -> signature(unit).anyMatch(Conditions::floating))
			.map((unit) -> unit.getFullName());
		Stream<String> calls = type.getMethodCallsFromSelf()
			.stream()
			.filter((call) -> floating(call.getTarget().getRawReturnType()))
			.map((call) -> call.getDescription());
		return Stream.of(fields, units, calls).flatMap((found) -> found);
	}

	private static Stream<JavaClass> signature(JavaCodeUnit unit) {
		return Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream());
	}

	private static boolean floating(JavaClass type) {
		return FLOATING.contains(type.getBaseComponentType().getName());
	}

	private static boolean within(JavaClass type, String packageName) {
		return (type.getPackageName() + ".").startsWith(packageName + ".");
	}

}
