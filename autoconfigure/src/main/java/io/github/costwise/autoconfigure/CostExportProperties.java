package io.github.costwise.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;

import io.github.costwise.CostwiseConfigurationException;

/**
 * Properties of the export of calls.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("costwise.export")
public class CostExportProperties {

	/**
	 * Account that the column BillingAccountId of the FOCUS format names.
	 */
	private String billingAccountId = "default";

	public String getBillingAccountId() {
		return this.billingAccountId;
	}

	public void setBillingAccountId(String billingAccountId) {
		if (billingAccountId.isBlank()) {
			throw new CostwiseConfigurationException("The property 'costwise.export.billing-account-id' is blank.",
					"Give the account that the export is for, or remove the property.");
		}
		this.billingAccountId = billingAccountId;
	}

}
