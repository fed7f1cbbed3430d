package io.github.costwise.architecture;

import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the shipped classes to the {@link Rules}, and shows with seeded classes that each
 * rule can be broken.
 */
@Tag("thorough")
class ArchitectureTests {

	private static final String ROOT = "io.github.costwise";

	private static final String SEEDED = ROOT + ".architecture.seeded";

	private static JavaClasses shipped;

	private static JavaClasses seeded;

	@BeforeAll
	static void readClasses() {
		shipped = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
			.importPackages(ROOT);
		seeded = new ClassFileImporter().importPackages(SEEDED);
	}

	static Stream<String> rules() {
		return new Rules(ROOT).all().keySet().stream();
	}

	@ParameterizedTest
	@MethodSource("rules")
	void shippedClassesKeep(String rule) {
		assertThat(new Rules(ROOT).all().get(rule).evaluate(shipped).getFailureReport().getDetails()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("rules")
	void seededClassesBreak(String rule) {
		assertThat(new Rules(SEEDED).all().get(rule).evaluate(seeded).hasViolation()).isTrue();
	}

	@Test
	void shippedClassesAreTheOnesLookedAt() {
		assertThat(shipped.contain(ROOT + ".Money")).isTrue();
		assertThat(shipped.contain(SEEDED + ".pricing.DearPrice")).isFalse();
	}

}
