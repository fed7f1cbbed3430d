package io.github.costwise;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.costwise.faults.Faults;
import io.github.costwise.testsupport.CostwiseRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the annotation says reaches the scope, and what it cannot say fails the start.
 */
@Tag("chain")
class CostOptimizedTests {

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withPropertyValues("costwise.policies.frugal.max-calls=3");

	@Test
	void bareAnnotationNamesClassAndMethod() {
		this.runner.withUserConfiguration(Bare.class).run((context) -> {
			CostScope scope = context.getBean(Bare.class).ask();
			assertThat(scope.attribution().feature()).isEqualTo("Bare.ask");
			assertThat(scope.attribution().tenant()).isNull();
			assertThat(scope.policy()).isNull();
			assertThat(scope.tier()).isEqualTo(Tier.AUTO);
		});
	}

	@Test
	void expressionsReadTheArguments() {
		this.runner.withUserConfiguration(Full.class).run((context) -> {
			CostScope scope = context.getBean(Full.class).ask(new Customer("acme", "ann"), "de");
			assertThat(scope.attribution().feature()).isEqualTo("answer-de");
			assertThat(scope.attribution().tenant()).isEqualTo("acme");
			assertThat(scope.attribution().user()).isEqualTo("ann");
			assertThat(scope.attribution().tags()).containsEntry("channel", "web").containsEntry("lang", "de");
			assertThat(scope.policy()).isEqualTo("frugal");
			assertThat(scope.tier()).isEqualTo(Tier.LIGHT);
			assertThat(scope.promptVersion()).isEqualTo("7");
			assertThat(scope.limits().maxOutputTokens()).isEqualTo(100);
			assertThat(scope.limits().maxCost().toUsd()).isEqualByComparingTo("0.05");
			assertThat(CostScope.current()).isNull();
		});
	}

	@Test
	void expressionThatFailsAtACallLeavesTheValueEmpty() {
		this.runner.withUserConfiguration(Full.class).run((context) -> {
			CostScope scope = context.getBean(Full.class).ask(null, "de");
			assertThat(scope.attribution().tenant()).isNull();
			assertThat(context.getBean(Faults.class).count(Faults.Kind.SCOPE)).isPositive();
		});
	}

	@Test
	void annotationOnInterfaceHolds() {
		this.runner.withUserConfiguration(OfInterface.class)
			.run((context) -> assertThat(context.getBean(Contract.class).ask("t").attribution().tenant())
				.isEqualTo("t"));
	}

	@Test
	void annotationOnClassHoldsForPublicMethodsAndTheOneOnTheMethodWins() {
		this.runner.withUserConfiguration(OfClass.class).run((context) -> {
			OfClass bean = context.getBean(OfClass.class);
			assertThat(bean.inherits().attribution().feature()).isEqualTo("class");
			assertThat(bean.overrides().attribution().feature()).isEqualTo("method");
		});
	}

	@Test
	void unknownPolicyFailsTheStart() {
		assertProblem(UnknownPolicy.class, "UnknownPolicy.ask()", "'fruggal' does not exist",
				"costwise.policies.fruggal");
	}

	@Test
	void expressionThatDoesNotParseFailsTheStart() {
		assertProblem(Unparsable.class, "'#a..b' of 'tenant' does not parse", "#argument");
	}

	@Test
	void expressionThatNamesNoParameterFailsTheStart() {
		assertProblem(MissingParameter.class, "'#tenent'", "#tenant");
	}

	@Test
	void tagWithoutValueFailsTheStart() {
		assertProblem(BadTag.class, "'web'", "name=value");
	}

	@Test
	void limitThatIsNoNumberFailsTheStart() {
		assertProblem(BadLimit.class, "BadLimit.ask()", "maxCostUsd");
	}

	@Test
	void methodsThatCannotBeInterceptedFailTheStart() {
		assertProblem(PrivateMethod.class, "the method is private", "uninterceptable");
		assertProblem(StaticMethod.class, "the method is static", "uninterceptable");
		assertProblem(FinalMethod.class, "the method is final", "uninterceptable");
		assertProblem(FinalClass.class, "a method of a final class", "uninterceptable");
	}

	@Test
	void methodsThatCannotBeInterceptedCanBeWarnedOf() {
		this.runner.withPropertyValues("costwise.annotation.uninterceptable=warn")
			.withUserConfiguration(PrivateMethod.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private void assertProblem(Class<?> bean, String... texts) {
		this.runner.withUserConfiguration(bean).run((context) -> {
			assertThat(context).hasFailed();
			Throwable cause = context.getStartupFailure();
			while (cause != null && !(cause instanceof CostwiseConfigurationException)) {
				cause = cause.getCause();
			}
			assertThat(cause).isNotNull();
			assertThat(cause.getMessage()).contains(texts);
		});
	}

	public record Customer(String tenant, String id) {

	}

	static class Bare {

		@CostOptimized
		public CostScope ask() {
			return CostScope.current();
		}

	}

	static class Full {

		@CostOptimized(policy = "frugal", tier = Tier.LIGHT, feature = "answer-#{#lang}", tenant = "#customer.tenant",
				user = "#p0.id", promptVersion = "7", tags = { "channel=web", "lang=#{#lang}" }, maxOutputTokens = 100,
				maxCostUsd = "0.05")
		public CostScope ask(@Nullable Customer customer, String lang) {
			return CostScope.current();
		}

	}

	interface Contract {

		@CostOptimized(tenant = "#tenant")
		CostScope ask(String tenant);

	}

	static class OfInterface implements Contract {

		@Override
		public CostScope ask(String tenant) {
			return CostScope.current();
		}

	}

	@CostOptimized(feature = "class")
	static class OfClass {

		public CostScope inherits() {
			return CostScope.current();
		}

		@CostOptimized(feature = "method")
		public CostScope overrides() {
			return CostScope.current();
		}

	}

	static class UnknownPolicy {

		@CostOptimized(policy = "fruggal")
		public void ask() {
		}

	}

	static class Unparsable {

		@CostOptimized(tenant = "#a..b")
		public void ask(String a) {
		}

	}

	static class MissingParameter {

		@CostOptimized(tenant = "#tenent")
		public void ask(String tenant) {
		}

	}

	static class BadTag {

		@CostOptimized(tags = "web")
		public void ask() {
		}

	}

	static class BadLimit {

		@CostOptimized(maxCostUsd = "five cents")
		public void ask() {
		}

	}

	static class PrivateMethod {

		@CostOptimized
		private void ask() {
		}

	}

	static class StaticMethod {

		@CostOptimized
		public static void ask() {
		}

	}

	static class FinalMethod {

		@CostOptimized
		public final void ask() {
		}

	}

	static final class FinalClass {

		@CostOptimized
		public void ask() {
		}

	}

}
