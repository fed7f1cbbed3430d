package io.github.costwise.architecture;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that every test class says of which kind it is, and that units are units. */
@Tag("thorough")
class TagTests {

	private static final Set<String> KINDS = Set.of("unit", "thorough", "chain", "real-part");

	private static final List<String> NOT_OF_A_UNIT = List.of("org.springframework.boot.",
			"org.springframework.context.", "org.springframework.web.", "org.springframework.test.",
			"org.springframework.ai.chat.client.ChatClient", "com.sun.net.httpserver.", "java.net.http.",
			"java.lang.Process");

	private static final Set<String> SOCKETS = Set.of("java.net.ServerSocket", "java.net.Socket");

	private static final String EXPRESSIONS = "org.springframework.context.expression.";

	private static JavaClasses classes;

	@BeforeAll
	static void readClasses() {
		classes = new ClassFileImporter().withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
			.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
			.importPackages("io.github.costwise");
	}

	private static Stream<JavaClass> tests() {
		return classes.stream()
			.filter((type) -> type.isTopLevelClass() && type.getSimpleName().endsWith("Tests")
					&& !type.getModifiers().contains(JavaModifier.ABSTRACT));
	}

	@Test
	void everyTestClassIsOfOneKind() {
		assertThat(tests()).hasSizeGreaterThan(200)
			.allSatisfy((type) -> assertThat(tags(type)).as(type.getName()).hasSize(1).isSubsetOf(KINDS));
	}

	@Test
	void unitsNeedNoApplicationAndNoServer() {
		assertThat(tests().filter((type) -> tags(type).contains("unit")))
			.allSatisfy((type) -> assertThat(heavy(type)).as(type.getName()).isNull());
	}

	@Test
	void whatNeedsAnApplicationIsSeen() {
		assertThat(tests().filter((type) -> tags(type).contains("chain"))).allSatisfy((type) -> {
			assertThat(heavy(type)).as(type.getName()).isNotNull();
		});
	}

	private static List<String> tags(JavaClass type) {
		return AnnotationSupport.findRepeatableAnnotations(type.reflect(), Tag.class).stream().map(Tag::value).toList();
	}

	/**
	 * What a test class, or a class of the tests that it uses, must not use as a unit.
	 */
	private static @Nullable String heavy(JavaClass test) {
		Set<String> seen = new HashSet<>();
		Deque<JavaClass> left = new ArrayDeque<>();
		classes.stream().filter((type) -> isWithin(type, test)).forEach(left::add);
		while (!left.isEmpty()) {
			for (JavaClass used : used(left.poll())) {
				if (isHeavy(used.getName())) {
					return used.getName();
				}
				if (classes.contain(used.getName()) && seen.add(used.getName())) {
					left.add(used);
				}
			}
		}
		return null;
	}

	private static boolean isWithin(JavaClass type, JavaClass test) {
		return type.equals(test) || type.getName().startsWith(test.getName() + "$");
	}

	private static List<JavaClass> used(JavaClass type) {
		return type.getDirectDependenciesFromSelf()
			.stream()
			.map((dependency) -> dependency.getTargetClass().getBaseComponentType())
			.toList();
	}

	private static boolean isHeavy(String name) {
		boolean heavy = NOT_OF_A_UNIT.stream().anyMatch(name::startsWith) && !name.startsWith(EXPRESSIONS);
		return heavy || SOCKETS.contains(name);
	}

}
