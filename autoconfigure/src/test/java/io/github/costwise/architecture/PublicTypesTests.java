package io.github.costwise.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.EndpointExtension;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.CostwiseException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds what lies outside the packages that applications compile against to being public
 * only for a reason.
 */
@Tag("thorough")
class PublicTypesTests {

	/** How many types are public for the wiring alone; may only fall. */
	private static final int FOR_THE_WIRING = 71;

	private static final Path MODULE = Path.of(System.getProperty("basedir", "."));

	private static JavaClasses shipped;

	private static PublicTypes types;

	@BeforeAll
	static void readClasses() {
		shipped = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
			.importPackages(ApiTypes.ROOT);
		String loadedByName = String.join("\n", sources(MODULE.resolve("src/main/resources/META-INF")));
		types = new PublicTypes(shipped, (type) -> !ApiTypes.PACKAGES.contains(type.getPackageName())
				&& !loadedByName.contains(type.getName()) && !isBoots(type));
		for (String module : List.of("embedding", "benchmarks", "sample-app")) {
			types.addUser(module, sources(MODULE.resolve("..").resolve(module).resolve("src/main/java")));
		}
	}

	@Test
	void everyPublicTypeIsNeededElsewhere() {
		assertThat(types.neededBy(Set.of())).isEmpty();
	}

	@Test
	void fewTypesArePublicForTheWiringAlone() {
		assertThat(types.neededBy(Set.of(ApiTypes.ROOT + ".autoconfigure"))).hasSizeLessThanOrEqualTo(FOR_THE_WIRING);
	}

	@Test
	void whatNobodyNeedsIsFound() {
		String seeded = ApiTypes.ROOT + ".architecture.seeded";
		PublicTypes found = new PublicTypes(new ClassFileImporter().importPackages(seeded), (type) -> true);
		assertThat(found.neededBy(Set.of())).contains(seeded + ".routing.Leaky")
			.doesNotContain(seeded + ".cache.EverythingCache");
		found.addUser("elsewhere", List.of("import " + seeded + ".routing.Leaky;"));
		assertThat(found.neededBy(Set.of("elsewhere"))).containsExactly(seeded + ".routing.Leaky");
	}

	@Test
	void exceptionsThatAnApplicationMaySeeHaveOneRootAndLieWhereItLooks() {
		List<JavaClass> thrown = shipped.stream()
			.filter((type) -> type.isAssignableTo(RuntimeException.class) || type.isAssignableTo(Error.class))
			.filter((type) -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
			.toList();
		assertThat(thrown).hasSizeGreaterThan(8).allSatisfy((type) -> {
			assertThat(type.isAssignableTo(CostwiseException.class)).as(type.getName()).isTrue();
			assertThat(type.getPackageName()).as(type.getName()).isIn(ApiTypes.ROOT, ApiTypes.ROOT + ".spi");
		});
	}

	/** Configuration, its conditions, and the settings that Boot binds. */
	private static boolean isBoots(JavaClass type) {
		Stream<Class<? extends Annotation>> marks = Stream.of(Configuration.class, ConfigurationProperties.class,
				Endpoint.class, EndpointExtension.class);
		return type.isAnnotation() || type.getSimpleName().endsWith("Properties")
				|| type.isAssignableTo(Condition.class)
				|| marks.anyMatch((mark) -> type.isAnnotatedWith(mark) || type.isMetaAnnotatedWith(mark));
	}

	private static List<String> sources(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).map(PublicTypesTests::text).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
