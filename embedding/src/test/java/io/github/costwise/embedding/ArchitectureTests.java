package io.github.costwise.embedding;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the module to its place: natives in one package, Boot in the other, and nothing
 * of Costwise seen but the encoder's interface, the owner of threads and the shared root.
 */
@Tag("thorough")
class ArchitectureTests {

	private static final String ENCODER = "io.github.costwise.embedding";

	private static final String WIRING = ENCODER + ".autoconfigure";

	private static final JavaClasses SHIPPED = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
		.importPackages(ENCODER);

	private static Map<String, ArchRule> rules() {
		Map<String, ArchRule> rules = new LinkedHashMap<>();
		rules.put("natives stay behind the encoder",
				noClasses().that()
					.resideOutsideOfPackage(ENCODER)
					.should()
					.dependOnClassesThat()
					.resideInAnyPackage("ai.onnxruntime..", "ai.djl.."));
		rules.put("the model's jar is data only",
				noClasses().should().dependOnClassesThat().resideInAPackage("dev.langchain4j.."));
		rules.put("Boot in the wiring",
				noClasses().that()
					.resideOutsideOfPackage(WIRING)
					.should()
					.dependOnClassesThat()
					.resideInAnyPackage("org.springframework.boot..", "io.github.costwise.autoconfigure.."));
		rules.put("the encoder knows its interface only",
				classes().that()
					.resideInAPackage(ENCODER)
					.should()
					.onlyDependOnClassesThat()
					.resideInAnyPackage(ENCODER, "io.github.costwise", "io.github.costwise.encoding",
							"io.github.costwise.faults", "io.github.costwise.spi", "io.github.costwise.text",
							"io.github.costwise.background", "java..", "org.jspecify..", "org.springframework.core.io",
							"org.springframework.util..", "ai.onnxruntime", "ai.djl.huggingface.."));
		rules.put("no cycles", slices().matching("io.github.costwise.(**)").should().beFreeOfCycles());
		rules.put("null-marked", classes().should(haveANullMarkedPackage()));
		rules.put("no thread-locals", noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class));
		rules.put("auto-configurations are closed",
				classes().that()
					.areAnnotatedWith(AutoConfiguration.class)
					.should()
					.bePublic()
					.andShould()
					.haveModifier(JavaModifier.FINAL));
		return rules;
	}

	private static ArchCondition<JavaClass> haveANullMarkedPackage() {
		return ArchConditions.have(DescribedPredicate.describe("a null-marked package",
				(type) -> type.getPackage().isAnnotatedWith(NullMarked.class)));
	}

	static Stream<String> names() {
		return rules().keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("names")
	void shippedClassesKeep(String rule) {
		assertThat(rules().get(rule).evaluate(SHIPPED).getFailureReport().getDetails()).isEmpty();
	}

	@Test
	void shippedClassesAreTheOnesLookedAt() {
		assertThat(SHIPPED.contain(ENCODER + ".OnnxModel")).isTrue();
		assertThat(SHIPPED.contain(WIRING + ".EmbeddingAutoConfiguration")).isTrue();
		assertThat(SHIPPED.contain(ArchitectureTests.class.getName())).isFalse();
	}

}
