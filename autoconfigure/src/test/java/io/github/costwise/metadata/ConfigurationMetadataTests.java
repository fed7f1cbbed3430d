package io.github.costwise.metadata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.util.ClassUtils;

import io.github.costwise.Money;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks what the build generated and what Boot reads. {@code -Dcostwise.docs.write=true}
 * writes the property table again.
 */
@Tag("unit")
class ConfigurationMetadataTests {

	private static final Path CLASSES = classes();

	private static final Path TABLE = Path.of(System.getProperty("basedir", ".")).resolve("../docs/properties.md");

	private final List<Property> properties = read();

	@Test
	void everyPropertyIsDescribed() {
		assertThat(this.properties).flatExtracting(Property::problems).isEmpty();
	}

	@Test
	void everyPropertyIsOurs() {
		assertThat(this.properties).extracting(Property::name)
			.allMatch((name) -> name.startsWith("costwise.") || name.startsWith("management.endpoint.cost"))
			.doesNotHaveDuplicates();
	}

	@Test
	void badPropertiesWouldBeFound() {
		assertThat(new Property("costwise.a", "java.lang.String", "", null).problems())
			.containsExactly("costwise.a has no description");
		assertThat(new Property("costwise.a", "java.lang.String", "The budget.", null).problems())
			.containsExactly("costwise.a is described with a leading article");
		assertThat(new Property("costwise.a", "java.lang.Boolean", "Turns it on.", null).problems()).hasSize(1);
		assertThat(new Property("costwise.camelCase", "java.lang.Boolean", "Whether it is.", null).problems())
			.containsExactly("costwise.camelCase is not in lower case");
		assertThat(new Property("costwise.a", "java.lang.Integer", "Answers kept.", null).problems()).isEmpty();
	}

	@Test
	void thePropertyTableIsUpToDate() throws IOException {
		String table = table();
		if (Boolean.getBoolean("costwise.docs.write")) {
			Files.createDirectories(TABLE.getParent());
			Files.writeString(TABLE, table);
		}
		assertThat(TABLE)
			.as("write it with mvn -pl autoconfigure test -Dtest=ConfigurationMetadataTests -Dcostwise.docs.write=true")
			.exists()
			.content()
			.isEqualTo(table);
	}

	@Test
	void autoConfigurationsAreListedAndSorted() throws IOException {
		List<String> listed = lines("META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports");
		assertThat(listed).isSorted().containsExactlyInAnyOrderElementsOf(autoConfigurations());
	}

	@Test
	void factoriesExist() throws IOException {
		Properties factories = new Properties();
		factories.load(Files.newBufferedReader(CLASSES.resolve("META-INF/spring.factories")));
		assertThat(factories).isNotEmpty();
		assertThat(factories.values()).flatExtracting((names) -> Arrays.asList(String.valueOf(names).split(",")))
			.allMatch((name) -> ClassUtils.isPresent(name.toString().strip(), getClass().getClassLoader()));
	}

	private String table() {
		String rows = this.properties.stream()
			.sorted(Comparator.comparing(Property::name))
			.map(Property::row)
			.reduce("", (table, row) -> table + row + "\n");
		return """
				# Properties

				Generated from the configuration metadata in the jar; do not edit. A test fails when it is stale, and
				`mvn -pl autoconfigure test -Dtest=ConfigurationMetadataTests -Dcostwise.docs.write=true` writes it again.

				| property | type | default | meaning |
				| --- | --- | --- | --- |
				"""
				+ rows;
	}

	private static List<Property> read() {
		try {
			return Property.read(CLASSES.resolve("META-INF/spring-configuration-metadata.json"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> autoConfigurations() throws IOException {
		Path folder = CLASSES.resolve("io/github/costwise/autoconfigure");
		try (Stream<Path> files = Files.walk(folder)) {
			return files.map((file) -> CLASSES.relativize(file).toString())
				.filter((file) -> file.endsWith("AutoConfiguration.class") && !file.contains("$"))
				.map((file) -> file.replace(".class", "").replace('/', '.'))
				.toList();
		}
	}

	private static List<String> lines(String resource) throws IOException {
		Path file = CLASSES.resolve(resource);
		return Files.exists(file)
				? Files.readAllLines(file).stream().filter((line) -> !line.isBlank() && !line.startsWith("#")).toList()
				: List.of();
	}

	private static Path classes() {
		try {
			return Path.of(Money.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
