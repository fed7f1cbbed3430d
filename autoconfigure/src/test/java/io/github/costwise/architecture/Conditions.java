package io.github.costwise.architecture;

import java.lang.annotation.Annotation;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
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

	private static final Set<String> MACHINE = Set.of("nanoTime", "currentTimeMillis");

	private static final Set<String> SOURCES = Set.of("system", "systemUTC", "systemDefaultZone", "tick", "tickMillis",
			"tickSeconds", "tickMinutes");

	private static final Set<String> LOCKS = Set.of("await", "tryAcquire", "tryLock", "poll", "offer", "exchange");

	private Conditions() {
	}

	static DescribedPredicate<JavaClass> inPackageButNotIn(String included, String excluded) {
		return DescribedPredicate.describe("reside in " + included + " but not in " + excluded,
				(type) -> within(type, included) && !within(type, excluded));
	}

	/** References to methods count as well. */
	static DescribedPredicate<JavaAccess<?>> readsTheTimeOfTheMachine() {
		return DescribedPredicate.describe("it reads the time of the machine", (access) -> {
			String owner = access.getTargetOwner().getFullName();
			String name = access.getName();
			boolean now = owner.startsWith("java.time.") && "now".equals(name) && !takes(access, Clock.class);
			boolean system = owner.equals(Clock.class.getName()) && SOURCES.contains(name);
			return now || system || (owner.equals(System.class.getName()) && MACHINE.contains(name))
					|| (access.getTargetOwner().isEquivalentTo(Date.class) && "<init>".equals(name)
							&& types(access).isEmpty());
		});
	}

	/**
	 * Waiting for the end of threads is not meant: those are threads of the machine
	 * whatever time it is.
	 */
	static DescribedPredicate<JavaAccess<?>> waitsForTheTimeOfTheMachine() {
		return DescribedPredicate.describe("it waits by the time of the machine", (access) -> {
			JavaClass owner = access.getTargetOwner();
			String name = access.getName();
			boolean reactive = owner.getPackageName().startsWith("reactor.core")
					&& (takes(access, Duration.class) || takes(access, TimeUnit.class));
			boolean future = owner.isAssignableTo(Future.class)
					&& (takes(access, TimeUnit.class) || "delayedExecutor".equals(name));
			boolean sleep = (owner.isEquivalentTo(Thread.class) || owner.isEquivalentTo(TimeUnit.class))
					&& "sleep".equals(name);
			boolean park = owner.isEquivalentTo(LockSupport.class)
					&& ("parkNanos".equals(name) || "parkUntil".equals(name));
			boolean lock = owner.getPackageName().startsWith("java.util.concurrent") && takes(access, TimeUnit.class)
					&& LOCKS.contains(name);
			boolean monitor = "wait".equals(name) && takes(access, long.class);
			return reactive || future || sleep || park || lock || monitor;
		});
	}

	private static boolean takes(JavaAccess<?> access, Class<?> type) {
		return types(access).stream().anyMatch((taken) -> taken.isEquivalentTo(type));
	}

	private static List<JavaClass> types(JavaAccess<?> access) {
		return (access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget method) ? method.getRawParameterTypes()
				: List.of();
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
