import django.contrib.auth.models
import django.contrib.auth.validators
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """The user stands alone: Wagtail's own first migrations depend on it."""

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checksum', models.CharField(max_length=64, unique=True)),
                ('state', models.CharField(choices=[('waiting', 'waiting to be read'), ('read', 'read'), ('empty', 'has no text'), ('failed', 'could not be read')], max_length=10)),
                ('problem', models.CharField(blank=True, max_length=20)),
                ('unit', models.CharField(blank=True, max_length=10)),
                ('page_count', models.PositiveIntegerField(blank=True, null=True)),
                ('read_at', models.DateTimeField(auto_now=True)),
            ],
        ),
    ]
