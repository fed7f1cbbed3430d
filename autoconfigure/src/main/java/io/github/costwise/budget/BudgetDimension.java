package io.github.costwise.budget;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.costwise.Tier;
import io.github.costwise.model.CostDimension;

/**
 * Something that budgets tell calls apart by. Immutable.
 *
 * @since 0.1.0
 */
public final class BudgetDimension {

	private static final String TAG = "tag:";

	private static final Map<String, Function<BudgetSubject, @Nullable String>> NAMED = Map.of("tenant",
			(subject) -> subject.attribution().tenant(), "user", (subject) -> subject.attribution().user(), "feature",
			(subject) -> subject.attribution().feature(), "policy", BudgetSubject::policy, "provider",
			BudgetSubject::provider, "model", BudgetSubject::model, "target", BudgetSubject::target, "tier",
			(subject) -> (subject.tier() != null) ? subject.tier().name() : null);

	private static final List<String> OF_TARGETS = List.of("provider", "model", "target", "tier");

	private final String name;

	private final Function<BudgetSubject, @Nullable String> value;

	private BudgetDimension(String name, Function<BudgetSubject, @Nullable String> value) {
		this.name = name;
		this.value = value;
	}

	/**
	 * Reads a dimension.
	 * @param text such as {@code tenant}, {@code model} or {@code tag:team}
	 * @return the dimension
	 * @throws IllegalArgumentException if there is none of that name
	 */
	public static BudgetDimension parse(String text) {
		String name = text.trim();
		if (name.startsWith(TAG) && name.length() > TAG.length()) {
			String tag = name.substring(TAG.length());
			return new BudgetDimension(name, (subject) -> subject.tags().get(tag));
		}
		Function<BudgetSubject, @Nullable String> value = NAMED.get(name.toLowerCase(Locale.ROOT));
		if (value == null) {
			throw new IllegalArgumentException("'" + text + "' is nothing that a budget can be kept per; known are "
					+ Stream.concat(NAMED.keySet().stream().sorted(), Stream.of("tag:<name>"))
						.collect(Collectors.joining(", ")));
		}
		return new BudgetDimension(name.toLowerCase(Locale.ROOT), value);
	}

	/**
	 * Returns values as calls have them.
	 * @param values as they are written in settings
	 * @return the values
	 * @throws IllegalArgumentException if there is none, or no call can have one of them
	 */
	public Set<String> values(Set<String> values) {
		if (values.isEmpty()) {
			throw new IllegalArgumentException("'only." + this.name + "' names no value, so that no call would count");
		}
		return "tier".equals(this.name) ? values.stream().map(BudgetDimension::tier).collect(Collectors.toSet())
				: values;
	}

	private static String tier(String value) {
		return Arrays.stream(Tier.values())
			.map(Tier::name)
			.filter((name) -> !name.equals(Tier.AUTO.name()) && name.equalsIgnoreCase(value.trim()))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"'" + value + "' is no tier of targets; those are LIGHT, STANDARD, PREMIUM"));
	}

	/**
	 * Returns its name.
	 * @return the name, as in settings
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The dimension of the ledger, or {@code null} where its sums are of something else.
	 */
	@Nullable CostDimension ofOwners() {
		if (this.name.startsWith(TAG)) {
			return CostDimension.tag(this.name.substring(TAG.length()));
		}
		return switch (this.name) {
			case "tenant" -> CostDimension.TENANT;
			case "user" -> CostDimension.USER;
			case "feature" -> CostDimension.FEATURE;
			case "policy" -> CostDimension.POLICY;
			default -> null;
		};
	}

	@Nullable String of(BudgetSubject subject) {
		return this.value.apply(subject);
	}

	/** Whether another target of the same tier may differ in it. */
	boolean isOfTargets() {
		return OF_TARGETS.contains(this.name) && !"tier".equals(this.name);
	}

	static boolean areOfTargets(List<BudgetDimension> dimensions) {
		return dimensions.stream().anyMatch(BudgetDimension::isOfTargets);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof BudgetDimension that && this.name.equals(that.name);
	}

	@Override
	public int hashCode() {
		return this.name.hashCode();
	}

	@Override
	public String toString() {
		return this.name;
	}

}
