package io.github.costwise.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.util.ClassUtils;

import io.github.costwise.Money;

/** The three packages that an application compiles against, and the types in them. */
final class ApiTypes {

	static final String ROOT = "io.github.costwise";

	static final List<String> PACKAGES = List.of(ROOT, ROOT + ".spi", ROOT + ".model");

	private ApiTypes() {
	}

	/** Returns the public top-level types of a package, sorted by name. */
	static List<Class<?>> in(String packageName) {
		try (Stream<Path> files = Files.list(classes().resolve(packageName.replace('.', '/')))) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith(".class") && !name.contains("$") && !name.startsWith("package-info"))
				.sorted()
				.<Class<?>>map((name) -> load(packageName + "." + name.substring(0, name.length() - 6)))
				.filter((type) -> Modifier.isPublic(type.getModifiers()))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns all types that can be used from elsewhere, nested ones too. */
	static List<Class<?>> all() {
		return PACKAGES.stream().flatMap((name) -> in(name).stream()).flatMap(ApiListing::withNested).toList();
	}

	private static Class<?> load(String name) {
		return ClassUtils.resolveClassName(name, ApiTypes.class.getClassLoader());
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
