package io.github.costwise;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An owner that was to be named and was not is unknown, which is not nobody.
 */
@Tag("unit")
class OwnerTests {

	private static final OwnerPart ACME = OwnerPart.of("acme", "none");

	private static final OwnerPart ANN = OwnerPart.of("ann", "none");

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "\t\n", "\u2003" })
	void nameThatSaysNothingIsUnknown(@Nullable String name) {
		OwnerPart part = OwnerPart.of(name, "the expression gave no name");
		assertThat(part.isUnknown()).isTrue();
		assertThat(part.isSettled()).isFalse();
		assertThat(part.value()).isNull();
		assertThat(part.problem()).isEqualTo("the expression gave no name");
	}

	@Test
	void nameIsKeptAsItIs() {
		assertThat(OwnerPart.of(" Acme ", "none").value()).isEqualTo(" Acme ");
		assertThat(ACME.problem()).isNull();
	}

	@Test
	void whatIsSaidHoldsAndTheRestComesFromElsewhere() {
		Owner own = new Owner(ACME, OwnerPart.UNSAID);
		assertThat(own.orElse(new Owner(OwnerPart.of("globex", "none"), ANN))).isEqualTo(new Owner(ACME, ANN));
		assertThat(own.orElse(Owner.UNSAID)).isEqualTo(own);
	}

	@Test
	void unknownAndNobodyAreNotReplacedByOthers() {
		Owner other = new Owner(ACME, ANN);
		assertThat(Owner.UNKNOWN.orElse(other)).isEqualTo(Owner.UNKNOWN);
		Owner nobody = new Owner(OwnerPart.NOBODY, OwnerPart.NOBODY);
		assertThat(nobody.orElse(other)).isEqualTo(nobody);
	}

	@Test
	void unknownUserMattersUnlessUsersShare() {
		Owner owner = new Owner(ACME, OwnerPart.UNKNOWN);
		assertThat(owner.isKnown(false)).isFalse();
		assertThat(owner.isKnown(true)).isTrue();
	}

	@Test
	void unknownTenantAlwaysMatters() {
		Owner owner = new Owner(OwnerPart.UNKNOWN, ANN);
		assertThat(owner.isKnown(false)).isFalse();
		assertThat(owner.isKnown(true)).isFalse();
	}

	@Test
	void ownerOfWhoNothingWasToBeSaidIsKnownButNotSettled() {
		assertThat(Owner.UNSAID.isKnown(false)).isTrue();
		assertThat(Owner.UNSAID.isSettled()).isFalse();
	}

	@Test
	void nobodyInParticularIsSettled() {
		Owner owner = Owner.of(Attribution.shared(), "none");
		assertThat(owner.isKnown(false)).isTrue();
		assertThat(owner.isSettled()).isTrue();
		assertThat(owner.tenant()).isEqualTo(OwnerPart.NOBODY);
	}

	@Test
	void resolverThatNamesNobodyLeavesTheOwnerUnknown() {
		assertThat(Owner.of(null, "none")).isEqualTo(Owner.UNKNOWN);
		assertThat(Owner.of(Attribution.NONE, "none")).isEqualTo(Owner.UNKNOWN);
		assertThat(Owner.of(new Attribution("desk", null, null, Map.of("plan", "pro")), "none"))
			.isEqualTo(Owner.UNKNOWN);
	}

	@Test
	void resolverMayNameOneOfTheTwo() {
		assertThat(Owner.of(new Attribution(null, "acme", null, Map.of()), "none"))
			.isEqualTo(new Owner(ACME, OwnerPart.UNSAID));
		assertThat(Owner.of(new Attribution(null, null, "ann", Map.of()), "none"))
			.isEqualTo(new Owner(OwnerPart.UNSAID, ANN));
	}

	@Test
	void blankNameOfAResolverIsUnknown() {
		assertThat(Owner.of(new Attribution(null, " ", "ann", Map.of()), "none").isKnown(true)).isFalse();
		assertThat(Owner.of(new Attribution(null, "acme", "", Map.of(), true), "none").isKnown(false)).isFalse();
	}

	@Test
	void usersOfATenantMayBeNobodyInParticular() {
		assertThat(Owner.of(new Attribution(null, "acme", null, Map.of(), true), "none"))
			.isEqualTo(new Owner(ACME, OwnerPart.NOBODY));
	}

}
