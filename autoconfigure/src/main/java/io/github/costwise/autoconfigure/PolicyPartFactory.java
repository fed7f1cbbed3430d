package io.github.costwise.autoconfigure;

import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.autoconfigure.CostwiseProperties.Policy;
import io.github.costwise.pipeline.PolicyPart;

/**
 * Makes a part of policies of properties, and refuses what it cannot mean.
 *
 * @param <T> the settings
 */
interface PolicyPartFactory<T> {

	/** The part that is made. */
	PolicyPart<T> part();

	/**
	 * Makes it.
	 * @param prefix where the properties of the policy lie
	 * @param policy the properties
	 * @return the settings, or {@code null} where the properties say nothing of them
	 * @throws IllegalArgumentException if a value is not usable
	 * @throws CostwiseConfigurationException if what is said cannot be
	 */
	@Nullable T create(String prefix, Policy policy);

	/** What to do about a value that is not usable. */
	String remedy();

}
