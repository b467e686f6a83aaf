using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace HongqiaoDashboard.Platform.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class CasePapers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "CaseSearchProgress",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Rules = table.Column<string>(type: "TEXT", nullable: false),
                    Filled = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CaseSearchProgress", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "IncidentPhotos",
                columns: table => new
                {
                    IncidentId = table.Column<long>(type: "INTEGER", nullable: false),
                    Hash = table.Column<string>(type: "TEXT", nullable: false),
                    Seq = table.Column<long>(type: "INTEGER", nullable: true),
                    Width = table.Column<int>(type: "INTEGER", nullable: false),
                    Height = table.Column<int>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    UploadedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    UploadedBy = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IncidentPhotos", x => new { x.IncidentId, x.Hash });
                });

            migrationBuilder.CreateTable(
                name: "Open311Tokens",
                columns: table => new
                {
                    Token = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    IncidentId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Open311Tokens", x => x.Token);
                });

            migrationBuilder.CreateTable(
                name: "Open311Updates",
                columns: table => new
                {
                    Key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    IncidentId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Open311Updates", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "SavedFilters",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false),
                    ActorId = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Query = table.Column<string>(type: "TEXT", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    Shared = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedFilters", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Incidents_Category_ReportedAt",
                table: "Incidents",
                columns: new[] { "Category", "ReportedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Incidents_Department_ReportedAt",
                table: "Incidents",
                columns: new[] { "Department", "ReportedAt" },
                filter: "\"Department\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Incidents_MergedInto",
                table: "Incidents",
                column: "MergedInto",
                filter: "\"MergedInto\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Incidents_Type_ReportedAt",
                table: "Incidents",
                columns: new[] { "Type", "ReportedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Incidents_UpdatedAt",
                table: "Incidents",
                column: "UpdatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_IncidentEvents_At",
                table: "IncidentEvents",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_IncidentPhotos_Hash",
                table: "IncidentPhotos",
                column: "Hash");

            migrationBuilder.CreateIndex(
                name: "IX_IncidentPhotos_UploadedAt",
                table: "IncidentPhotos",
                column: "UploadedAt",
                filter: "\"Seq\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Open311Tokens_IncidentId",
                table: "Open311Tokens",
                column: "IncidentId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SavedFilters_ActorId_Name",
                table: "SavedFilters",
                columns: new[] { "ActorId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SavedFilters_Shared",
                table: "SavedFilters",
                column: "Shared",
                filter: "\"Shared\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CaseSearchProgress");

            migrationBuilder.DropTable(
                name: "IncidentPhotos");

            migrationBuilder.DropTable(
                name: "Open311Tokens");

            migrationBuilder.DropTable(
                name: "Open311Updates");

            migrationBuilder.DropTable(
                name: "SavedFilters");

            migrationBuilder.DropIndex(
                name: "IX_Incidents_Category_ReportedAt",
                table: "Incidents");

            migrationBuilder.DropIndex(
                name: "IX_Incidents_Department_ReportedAt",
                table: "Incidents");

            migrationBuilder.DropIndex(
                name: "IX_Incidents_MergedInto",
                table: "Incidents");

            migrationBuilder.DropIndex(
                name: "IX_Incidents_Type_ReportedAt",
                table: "Incidents");

            migrationBuilder.DropIndex(
                name: "IX_Incidents_UpdatedAt",
                table: "Incidents");

            migrationBuilder.DropIndex(
                name: "IX_IncidentEvents_At",
                table: "IncidentEvents");
        }
    }
}
