package io.github.costwise.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaModifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.CostwiseException;
import io.github.costwise.architecture.seeded.routing.Leaky;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the packages that applications compile against to what was agreed, and compares
 * their listing with the code. {@code -Dcostwise.docs.write=true} writes the listing
 * again.
 */
@Tag("unit")
class ApiListingTests {

	private static final Path LISTING = Path.of(System.getProperty("basedir", ".")).resolve("../docs/api.txt");

	private static final List<String> LIBRARIES = List.of("java.", "org.springframework.", "reactor.",
			"org.reactivestreams.", "org.jspecify.");

	@Test
	void theListingIsUpToDate() throws IOException {
		String listing = String.join("\n", ApiListing.of(ApiTypes.all())) + "\n";
		if (Boolean.getBoolean("costwise.docs.write")) {
			Files.writeString(LISTING, listing);
		}
		assertThat(LISTING)
			.as("write it with mvn -pl autoconfigure test -Dtest=ApiListingTests -Dcostwise.docs.write=true")
			.exists()
			.content()
			.isEqualTo(listing);
	}

	@Test
	void theRootPackageStaysSmall() {
		assertThat(ApiTypes.in(ApiTypes.ROOT)).hasSizeBetween(10, 30);
	}

	@Test
	void signaturesNameOnlyWhatAnApplicationSees() {
		assertThat(ApiTypes.all()).hasSizeGreaterThan(60)
			.flatExtracting((type) -> ApiReferences.strangers(type, ApiTypes.PACKAGES, LIBRARIES))
			.isEmpty();
	}

	@Test
	void whatAnApplicationDoesNotSeeIsFound() {
		List<String> packages = List.of(Leaky.class.getPackageName());
		String leaky = Leaky.class.getName();
		assertThat(ApiReferences.strangers(Leaky.class, packages, LIBRARIES)).containsExactlyInAnyOrder(
				leaky + " names " + CostwiseException.class.getName(),
				leaky + " names " + JavaModifier.class.getName());
	}

	@Test
	void aListingTellsWhatCanBeUsed() {
		String leaky = Leaky.class.getName();
		assertThat(ApiListing.of(List.of(Leaky.class))).containsExactly(
				leaky + " (class abstract) is Comparable<" + leaky + ">", leaky + ".LIMIT: int static",
				leaky + ".all<T extends io.github.costwise.CostwiseException>(String?): java.util.List<T?> abstract"
						+ " throws io.github.costwise.CostwiseException",
				leaky + ".bytes(String[]): byte[] static", leaky + ".compareTo(" + leaky + "): int",
				leaky + ".new(java.util.Map<String, ? super " + JavaModifier.class.getName() + "[]>) protected");
	}

}
