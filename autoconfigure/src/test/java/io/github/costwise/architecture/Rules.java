package io.github.costwise.architecture;

import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import io.micrometer.observation.ObservationRegistry;
import com.tngtech.archunit.lang.CompositeArchRule;
import org.jspecify.annotations.NullMarked;

import org.springframework.boot.autoconfigure.AutoConfiguration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;

/**
 * The architecture as rules over everything below one root package. Packages that do not
 * exist yet are allowed.
 */
record Rules(String root) {

	private static final String[] PILLARS = { "cache", "routing", "fallback", "pruning", "promptcache", "output",
			"budget", "quality" };

	/** From the lowest to the highest; who stands lower never sees who stands higher. */
	private static final List<String[]> LAYERS = List.of(
			new String[] { "text", "files", "fit", "bounded", "time", "faults", "jdbc" }, new String[] { "model" },
			new String[] { "spi" }, new String[] { "background" }, new String[] { "pricing" },
			new String[] { "accounting" }, new String[] { "encoding" }, new String[] { "answer" }, PILLARS,
			new String[] { "pipeline" }, new String[] { "advisor", "annotation", "observability", "actuate" },
			new String[] { "autoconfigure" });

	Map<String, ArchRule> all() {
		Map<String, ArchRule> rules = new LinkedHashMap<>();
		rules.put("the root package sees nothing but texts", rootIsLowest());
		rules.put("layers see only lower layers", layers());
		rules.put("every package has a place in the design", known());
		rules.put("pillars do not see each other", pillars());
		rules.put("no cycles", slices().matching(this.root + ".(**)").should().beFreeOfCycles());
		rules.put("Boot at the edge", only("org.springframework.boot..", "autoconfigure", "actuate"));
		rules.put("ChatClient in advisors", only("org.springframework.ai.chat.client..", "advisor", "autoconfigure"));
		rules.put("Reactor at the edge", reactor());
		rules.put("context propagation in the annotation", only("io.micrometer.context..", "annotation"));
		rules.put("meters in observability", meters());
		rules.put("JDBC in its leaves", jdbc());
		rules.put("Redis in its leaves", leaves(Stream.of("cache.redis", "budget.redis"), "com.redis.om..",
				"redis.clients..", "org.springframework.data.redis.."));
		rules.put("vector stores in their leaf",
				leaves(Stream.of("cache.vectorstore"), "org.springframework.ai.vectorstore.."));
		rules.put("provider SDKs in their leaves", sdks());
		rules.put("regular expressions and normalisation in one place", expressions());
		rules.put("circuit breakers in their leaf", breakers());
		rules.put("money is exact", exact());
		rules.put("auto-configurations are closed", autoConfigurations());
		rules.put("auto-configurations have no public methods", autoConfigurationMethods());
		rules.put("every package is null-marked", classes().should(Conditions.beInAPackageWith(NullMarked.class)));
		rules.put("time comes from one place", clocks());
		rules.put("waiting is done in one place", waits());
		rules.put("no thread-locals across the chain", threadLocals());
		rules.put("threads have one owner", threads());
		rules.replaceAll((name, rule) -> rule.allowEmptyShould(true));
		return rules;
	}

	private ArchRule rootIsLowest() {
		return noClasses().that()
			.resideInAPackage(this.root)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(packages(LAYERS.stream().flatMap(Stream::of).filter((name) -> !name.equals("text"))));
	}

	private ArchRule layers() {
		return CompositeArchRule.of(IntStream.range(1, LAYERS.size()).mapToObj(this::nothingBelowSees).toList());
	}

	private ArchRule nothingBelowSees(int level) {
		return noClasses().that()
			.resideInAnyPackage(packages(LAYERS.subList(0, level).stream().flatMap(Stream::of)))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(packages(Stream.of(LAYERS.get(level))))
			.allowEmptyShould(true);
	}

	private ArchRule known() {
		String[] known = Stream.concat(Stream.of(this.root), Stream.of(packages(LAYERS.stream().flatMap(Stream::of))))
			.toArray(String[]::new);
		return classes().should().resideInAnyPackage(known);
	}

	private ArchRule pillars() {
		return slices().matching(this.root + ".(" + String.join("|", PILLARS) + ")..").should().notDependOnEachOther();
	}

	private ArchRule only(String library, String... users) {
		return noClasses().that()
			.resideOutsideOfPackages(packages(Stream.of(users)))
			.should()
			.dependOnClassesThat()
			.resideInAPackage(library);
	}

	/**
	 * Whether anybody observes may be asked anywhere.
	 */
	private ArchRule meters() {
		return noClasses().that()
			.resideOutsideOfPackages(packages(Stream.of("observability", "autoconfigure")))
			.should()
			.dependOnClassesThat(Conditions.inPackageButNotIn("io.micrometer", "io.micrometer.context")
				.and(not(type(ObservationRegistry.class))));
	}

	private ArchRule jdbc() {
		return leaves(Stream.of("jdbc", "accounting.jdbc", "budget.jdbc", "cache.jdbc"), "java.sql..", "javax.sql..",
				"org.springframework.jdbc..");
	}

	/** Applications wrap what they subscribe to later by a class of the root package. */
	private ArchRule reactor() {
		return noClasses().that()
			.resideOutsideOfPackages(packages(Stream.of("advisor", "annotation", "actuate")))
			.and()
			.doNotHaveFullyQualifiedName(this.root + ".ReactiveScopes")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("reactor..");
	}

	private ArchRule leaves(Stream<String> users, String... libraries) {
		return noClasses().that()
			.resideOutsideOfPackages(packages(Stream.concat(users, Stream.of("autoconfigure"))))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(libraries);
	}

	private ArchRule sdks() {
		return noClasses().that()
			.resideOutsideOfPackages(packages(Stream.of("accounting.usage", "observability", "advisor.openai",
					"advisor.anthropic", "advisor.google", "answer.openai", "answer.anthropic", "answer.google",
					"fallback.classify")))
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("com.openai..", "com.anthropic..", "com.google.genai..");
	}

	/**
	 * Where nobody can use them without being seen: texts have methods that compile
	 * regular expressions as well.
	 */
	private ArchRule expressions() {
		return CompositeArchRule
			.of(noClasses().that()
				.resideOutsideOfPackage(this.root + ".text..")
				.should()
				.dependOnClassesThat(resideInAnyPackage("java.util.regex..").or(type(Normalizer.class))))
			.and(noClasses().that()
				.resideOutsideOfPackage(this.root + ".text..")
				.should()
				.callMethodWhere(Conditions.takesAnExpression()));
	}

	private ArchRule breakers() {
		return noClasses().that()
			.doNotHaveFullyQualifiedName(this.root + ".fallback.Breaker")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("io.github.resilience4j..");
	}

	private ArchRule exact() {
		return CompositeArchRule
			.of(classes().that()
				.resideInAnyPackage(packages(Stream.of("pricing", "accounting", "budget")))
				.should(Conditions.useNoFloatingPoint())
				.allowEmptyShould(true))
			.and(classes().that()
				.resideInAnyPackage(this.root, this.root + ".model..")
				.and()
				.haveSimpleName("Money")
				.or()
				.haveNameMatching(".*\\.model\\.(?:Price|Token|Billed|Call|Turn|Cost|Ledger|Saving|Model).*")
				.should(Conditions.useNoFloatingPoint())
				.allowEmptyShould(true));
	}

	private ArchRule autoConfigurations() {
		return classes().that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL);
	}

	private ArchRule autoConfigurationMethods() {
		return methods().that()
			.areDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.notBePublic();
	}

	private ArchRule clocks() {
		return noClasses().that()
			.resideOutsideOfPackage(this.root + ".time..")
			.should()
			.accessTargetWhere(Conditions.readsTheTimeOfTheMachine());
	}

	/**
	 * The workers of the cache nap for a few milliseconds since waking a thread is dear,
	 * which has nothing to do with what time it is.
	 */
	private ArchRule waits() {
		return CompositeArchRule
			.of(noClasses().that()
				.resideOutsideOfPackages(packages(Stream.of("time", "background")))
				.and()
				.doNotHaveFullyQualifiedName(this.root + ".cache.response.CacheWorkers")
				.should()
				.accessTargetWhere(Conditions.waitsForTheTimeOfTheMachine()))
			.and(noClasses().that()
				.resideOutsideOfPackages(packages(Stream.of("time", "background")))
				.should()
				.dependOnClassesThat(assignableTo(ScheduledExecutorService.class).or(assignableTo(Timer.class))));
	}

	private ArchRule threadLocals() {
		return noClasses().that()
			.resideOutsideOfPackages(packages(Stream.of("annotation", "pipeline")))
			.and()
			.doNotHaveFullyQualifiedName(this.root + ".CostScope")
			.should()
			.dependOnClassesThat()
			.areAssignableTo(ThreadLocal.class);
	}

	/** Pools may be used and ended anywhere; they and threads are made in one place. */
	private ArchRule threads() {
		return noClasses().that()
			.resideOutsideOfPackage(this.root + ".background..")
			.should()
			.callConstructorWhere(target(owner(assignableTo(Thread.class).or(assignableTo(Executor.class)))))
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(Executors.class);
	}

	private String[] packages(Stream<String> names) {
		return names.map((name) -> this.root + "." + name + "..").toArray(String[]::new);
	}

}
